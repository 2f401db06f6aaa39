package manual

// This file defines an entry as text and as HTML.

import (
	"fmt"
	"go/doc/comment"
	"html"
	"io"
	"strings"

	"github.com/firn-lang/firn/eval/pattern"
)

// Title returns how the builtin is used, as in "builtins.map f list".
func (e *Entry) Title() string {
	name := "builtins." + e.Name
	if e.Name == "builtins" {
		name = e.Name
	}
	return strings.Join(append([]string{name}, e.Args...), " ")
}

// Notes returns what else there is to know, a sentence each.
func (e *Entry) Notes() []string {
	var out []string
	switch {
	case e.Name == "builtins":
	case !strings.HasPrefix(e.Global, "__"):
		out = append(out, fmt.Sprintf("Also without the prefix: %s.", e.Global))
	case len(e.Args) == 0:
		out = append(out, "A constant.")
	}
	if e.Impure {
		out = append(out, "Missing in pure evaluation.")
	}
	if e.Experimental != "" {
		out = append(out, fmt.Sprintf("Experimental: needs the feature %s.", e.Experimental))
	}
	return out
}

// summary returns the first sentence of a text.
func summary(doc string) string {
	parser := comment.Parser{}
	text := parser.Parse(doc)
	if len(text.Content) == 0 {
		return ""
	}
	printer := comment.Printer{TextWidth: -1}
	first := strings.TrimSpace(string(printer.Text(&comment.Doc{Content: text.Content[:1]})))
	// A dot between words of code ends no sentence.
	if i := sentenceEnd.FindStringIndex(first); i != nil {
		return first[:i[0]+1]
	}
	return first
}

// Expressions are prepared when they are needed: most programs
// that have this package never look at a manual.
var sentenceEnd = pattern.New(`[.?!]( |$)`)

// A Style says what is put around parts of a text, for a terminal with colours.
// The zero Style is plain.
type Style struct {
	Bold func(string) string
	Code func(string) string // of examples
	Dim  func(string) string // of what they come to
}

// Colored returns the Style of a terminal with colours.
func Colored() Style {
	paint := func(code string) func(string) string {
		return func(text string) string { return "\x1b[" + code + "m" + text + "\x1b[0m" }
	}
	return Style{Bold: paint("1"), Code: paint("36"), Dim: paint("2")}
}

func (s Style) bold(t string) string { return apply(s.Bold, t) }
func (s Style) code(t string) string { return apply(s.Code, t) }
func (s Style) dim(t string) string  { return apply(s.Dim, t) }

func apply(f func(string) string, text string) string {
	if f == nil {
		return text
	}
	return f(text)
}

// Text returns the entry as text of lines of at most width columns, but for
// examples; ending in a newline.
func (e *Entry) Text(width int, style Style) string {
	var b strings.Builder
	b.WriteString(style.bold(e.Title()) + "\n")
	const indent = "    "
	parser := comment.Parser{}
	doc := parser.Parse(e.Doc)
	for _, block := range doc.Content {
		b.WriteByte('\n')
		if code, ok := block.(*comment.Code); ok {
			for line := range strings.Lines(strings.TrimRight(code.Text, "\n")) {
				line = strings.TrimRight(line, "\n")
				paint := style.code
				if strings.HasPrefix(line, "=> ") {
					paint = style.dim
				}
				if line != "" {
					line = indent + indent + paint(line)
				}
				b.WriteString(line + "\n")
			}
			continue
		}
		printer := comment.Printer{TextWidth: max(width-len(indent), 20), TextPrefix: indent}
		b.Write(printer.Text(&comment.Doc{Content: []comment.Block{block}}))
	}
	if notes := e.Notes(); len(notes) > 0 {
		fmt.Fprintf(&b, "\n%s%s\n", indent, strings.Join(notes, " "))
	}
	return b.String()
}

var builtinName = pattern.New(`builtins\.[A-Za-z][A-Za-z0-9]*(&apos;|&#39;)?`)

// html returns the Doc as HTML, in which names of builtins are links.
func (e *Entry) html() string {
	parser := comment.Parser{}
	printer := comment.Printer{}
	text := string(printer.HTML(parser.Parse(e.Doc)))
	text = builtinName.ReplaceAllStringFunc(text, func(word string) string {
		name := html.UnescapeString(strings.TrimPrefix(word, "builtins."))
		if _, ok := Find(name); !ok || name == e.Name {
			return word
		}
		return fmt.Sprintf(`<a href="#%s">%s</a>`, html.EscapeString(name), word)
	})
	return text
}

// pageHead is the page before its first heading.
const pageHead = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Builtins of the Nix language</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color-scheme: light dark }
pre { padding: .6em 1em; border-left: 3px solid #7aa; overflow-x: auto }
h2 { font: 600 1.1em ui-monospace, monospace; margin-top: 2.2em }
.notes { opacity: .75; font-style: italic }
nav { columns: 12em; font-size: .9em }
nav a { display: block }
</style>
`

// WriteHTML writes a page about the entries, which needs nothing else. Package
// html/template would add 700 kB to every program that has this one.
func WriteHTML(w io.Writer, entries []Entry) error {
	var b strings.Builder
	b.WriteString(pageHead + "<h1>Builtins of the Nix language</h1>\n")
	if len(entries) > 1 {
		b.WriteString("<nav>")
		for _, e := range entries {
			name := html.EscapeString(e.Name)
			fmt.Fprintf(&b, `<a href="#%s">%s</a>`, name, name)
		}
		b.WriteString("</nav>\n")
	}
	for _, e := range entries {
		fmt.Fprintf(&b, "<section>\n<h2 id=\"%s\">%s</h2>\n%s", html.EscapeString(e.Name), html.EscapeString(e.Title()), e.html())
		if notes := e.Notes(); len(notes) > 0 {
			fmt.Fprintf(&b, "<p class=\"notes\">%s </p>\n", html.EscapeString(strings.Join(notes, " ")))
		}
		b.WriteString("</section>\n")
	}
	b.WriteString("</html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

package eval

// This file defines the inspection of functions and attributes: documentation, arguments, positions.

import (
	"cmp"
	"context"
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// A FunctionInfo describes a function.
type FunctionInfo struct {
	Name     string        // what it was bound to first, or of a builtin; "" if that is not known
	Builtin  bool          // it is one of builtins, or a Function
	Given    int           // arguments that were given already
	Args     []string      // names of those that it takes, as far as its text shows; "" for a pattern alone
	Formals  []Formal      // of the next argument, in the order of the source; nil if that has no pattern
	Ellipsis bool          // the pattern allows other attributes
	Position lang.Position // of its text; the zero Position for builtins
	Doc      string        // documentation: of a comment /** … */ before it or its binding, or of the builtin

	file *lang.File // that its text is in; nil for builtins
	at   lang.Pos
}

// Comment returns what an ordinary comment says that stands right before the function
// or its binding; "" if there is none. It reads the whole text that the function is in.
func (f FunctionInfo) Comment() string {
	if f.file == nil {
		return ""
	}
	return commentText(f.file.CommentBefore(f.at))
}

// A Formal is an attribute that a function takes.
type Formal struct {
	Name     string
	Default  string // its text; "" if there is none
	Doc      string // of a comment before it
	Position lang.Position
}

// Function describes v, and says whether it is a function. It evaluates nothing.
// Sets with __functor are no functions.
func (v Value) Function() (info FunctionInfo, ok bool) {
	if v.Kind() != KindFunction {
		return info, false
	}
	v.ev.core.ReadCall(func(c *core.Call) {
		x := c.Heap().Known(v.l)
		fn := x
		if c.Heap().KindOf(x) == heap.Partial {
			var args []heap.Lazy
			fn, args = c.Heap().Partial(x)
			info.Given = len(args)
		}
		if b := c.BuiltinOf(fn); b != nil {
			info.Name, info.Builtin, info.Doc = b.Name, true, strings.TrimSpace(b.Doc)
			info.Args = b.Args[info.Given:]
			return
		}
		lambda := c.Lambda(x)
		if lambda == nil {
			return
		}
		info.Name = c.Name(lambda.BoundName())
		files := v.ev.core.Files()
		file := files.File(lambda.At)
		info.Position, info.file, info.at = file.Position(lambda.At), file, lambda.At
		if lambda.Doc.End > lambda.Doc.Start {
			info.Doc = DocText(file.Text(lambda.Doc))
		}
		for next := lambda; ; {
			name := ""
			if next.Param != 0 {
				name = c.Name(next.Param)
			}
			info.Args = append(info.Args, name)
			body, isLambda := next.Body.(*lang.Lambda)
			if !isLambda {
				break
			}
			next = body
		}
		if lambda.Formals == nil {
			return
		}
		info.Formals, info.Ellipsis = []Formal{}, lambda.Formals.Ellipsis
		formals := slices.Clone(lambda.Formals.List)
		slices.SortFunc(formals, func(a, b lang.Formal) int { return cmp.Compare(a.Pos, b.Pos) })
		for _, f := range formals {
			formal := Formal{Name: c.Name(f.Name), Position: file.Position(f.Pos), Doc: DocText(file.Doc(f.Pos))}
			if f.Default != nil {
				formal.Default = file.Text(f.Default.Span())
			}
			info.Formals = append(info.Formals, formal)
		}
	})
	runtime.KeepAlive(v.roots)
	return info, true
}

// Doc returns the documentation of an attribute of a set: what stands in a comment
// /** … */ before it, or else in an ordinary comment right before it, as far as the
// text where it was defined is still known.
func (v Value) Doc(name string) string {
	if v.Kind() != KindAttrs {
		return ""
	}
	doc := ""
	v.ev.core.ReadCall(func(c *core.Call) {
		x := c.Heap().Known(v.l)
		sym := c.Lookup(name)
		if sym == 0 || c.Heap().Find(x, sym) == 0 {
			return
		}
		if p := c.AttrPos(x, sym); p != 0 {
			if file := v.ev.core.Files().File(p); file != nil {
				if doc = DocText(file.Doc(p)); doc == "" {
					doc = commentText(file.CommentBefore(p))
				}
			}
		}
	})
	runtime.KeepAlive(v.roots)
	return doc
}

// DocText returns what a documentation comment says: without its delimiters, and
// without the indentation that its lines have in common.
func DocText(comment string) string {
	text, ok := strings.CutPrefix(comment, "/**")
	if !ok || comment == "/**/" {
		return ""
	}
	return blockText(strings.TrimSuffix(text, "*/"))
}

// commentText returns what an ordinary comment says, of either kind.
func commentText(comment string) string {
	if text, ok := strings.CutPrefix(comment, "/*"); ok {
		return blockText(strings.TrimSuffix(text, "*/"))
	}
	var lines []string
	for line := range strings.Lines(comment) {
		line = strings.TrimLeft(strings.TrimSpace(line), "#")
		lines = append(lines, strings.TrimPrefix(line, " "))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// blockText returns the text of a comment without the indentation that its lines have in
// common, but for the first.
func blockText(text string) string {
	lines := strings.Split(text, "\n")
	lines[0] = strings.TrimSpace(lines[0])
	indent := -1
	for _, line := range lines[1:] {
		if rest := strings.TrimLeft(line, " \t"); rest != "" && (indent < 0 || len(line)-len(rest) < indent) {
			indent = len(line) - len(rest)
		}
	}
	for i, line := range lines[1:] {
		lines[i+1] = strings.TrimRight(line[min(max(indent, 0), len(line)):], " \t\r")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// SourceLine returns the line of a text that a position is in, without its end; ""
// if the evaluator does not know the text any more.
func (ev *Evaluator) SourceLine(pos lang.Position) string {
	f := ev.core.Files().Named(pos.File)
	if f == nil || pos.Line < 1 || pos.Line > f.Lines() {
		return ""
	}
	return f.Line(pos.Line)
}

// ReadDir returns the names of the files in a directory, as programs see it, sorted;
// those of directories end in a slash.
func (ev *Evaluator) ReadDir(ctx context.Context, name string) ([]string, error) {
	entries, err := ev.core.Options().Host.ReadDir(ctx, path.Join("/", name))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if e.Type == world.Directory {
			e.Name += "/"
		}
		out = append(out, e.Name)
	}
	slices.Sort(out)
	return out, nil
}

// ReadFile returns the contents of a file, as programs see it.
func (ev *Evaluator) ReadFile(ctx context.Context, name string) ([]byte, error) {
	return world.ReadFile(ctx, ev.core.Options().Host, path.Join("/", name), world.NoLimit)
}

// Files returns the files that programs see: those of Options.Host, as far as they are allowed,
// and those of the store.
func (ev *Evaluator) Files() Host { return ev.core.Options().Host }

// A SearchPathEntry is a place where <name> is looked for: Path, if Prefix is "" or name
// itself, or begins with Prefix and a slash.
type SearchPathEntry struct {
	Prefix string // "" stands for every name
	Path   string // a folder or a file; if it is relative, it starts at Options.Dir
}

// SearchPath returns the search path, Options.SearchPath.
func (ev *Evaluator) SearchPath() []SearchPathEntry {
	var out []SearchPathEntry
	for _, e := range ev.core.Options().SearchPath {
		out = append(out, SearchPathEntry(e))
	}
	return out
}

// searchPath returns a search path as package core has it.
func searchPath(entries []SearchPathEntry) []core.SearchPathEntry {
	var out []core.SearchPathEntry
	for _, e := range entries {
		out = append(out, core.SearchPathEntry(e))
	}
	return out
}

// Unpacked returns the folder, in the store, that the archive at a URL unpacks to, or that
// of channel:NAME: what a command line means that has it in place of a file.
func (ev *Evaluator) Unpacked(ctx context.Context, url string) (string, error) {
	var dir string
	err := ev.run(ctx, func(c *core.Call) (err error) {
		dir, err = c.Unpack(url)
		return err
	})
	return strings.Clone(dir), err
}

// FindFile returns the path that <name> stands for.
func (ev *Evaluator) FindFile(ctx context.Context, name string) (string, error) {
	var file string
	err := ev.run(ctx, func(c *core.Call) (err error) {
		file, err = c.FindFile(ev.core.Options().SearchPath, name)
		return err
	})
	return strings.Clone(file), err
}

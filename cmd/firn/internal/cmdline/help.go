package cmdline

// This file defines the text of --help.

import (
	"fmt"
	"go/doc/comment"
	"io"
	"strings"
)

const (
	columnGap    = 4  // blanks between the columns of a table
	minLeft      = 30 // where the left column of a table is not too wide, at least
	leftPermille = 375
)

// WriteHelp writes how the command of the line is used, in lines of width columns.
func (l *Line) WriteHelp(w io.Writer, width int) error {
	h := &helpText{width: width}
	n := l.Node
	if n.Parent == nil {
		h.line(0, "Usage: "+n.Name+n.summary())
	} else {
		h.line(0, "Usage: "+l.App.Name+" "+n.Path()+n.summary())
	}
	for _, text := range []string{n.Help, n.Detail} {
		if text != "" {
			h.line(0, "")
			h.wrap(text)
		}
	}
	if len(n.Positional) > 0 {
		var rows [][2]string
		for _, v := range n.Positional {
			rows = append(rows, [2]string{v.shown(), v.Help})
		}
		h.section("Arguments:", rows)
	}
	if groups := n.AllFlags(true); len(groups) > 0 {
		h.section("Flags:", flagRows(groups))
	}
	if commands := n.leaves(); len(commands) > 0 {
		var rows [][2]string
		for _, c := range commands {
			rows = append(rows, [2]string{c.Path(), c.Help})
		}
		h.section("Commands:", rows)
		if n.Parent == nil {
			h.line(0, "")
			h.line(0, fmt.Sprintf("Run \"%s <command> --help\" for more information on a command.", l.App.Name))
		}
	}
	_, err := io.WriteString(w, h.b.String())
	return err
}

// summary returns what stands behind the name of a node: required flags, operands, and
// whether there are commands and other flags.
func (n *Node) summary() string {
	text, optional, others := "", 0, false
	for _, group := range n.AllFlags(true) {
		for _, f := range group {
			if f.Required {
				text += " " + f.shown() + "=" + f.FormatPlaceHolder()
			}
		}
	}
	for _, v := range n.Positional {
		shown := v.shown()
		if !v.Required {
			optional++
			shown = strings.TrimRight(shown, "]")
		}
		text += " " + shown
	}
	text += strings.Repeat("]", optional)
	if len(n.Positional) == 0 && len(n.Children) > 0 {
		text += " <command>"
	}
	for _, group := range n.AllFlags(false) {
		for _, f := range group {
			others = others || !f.Required && f.Name != "help"
		}
	}
	if others {
		text += " [flags]"
	}
	return text
}

// flagRows returns a table of flags, with an empty row between groups.
func flagRows(groups [][]*Flag) [][2]string {
	haveShort := false
	for _, group := range groups {
		for _, f := range group {
			haveShort = haveShort || f.Short != 0
		}
	}
	var rows [][2]string
	for i, group := range groups {
		if i > 0 {
			rows = append(rows, [2]string{})
		}
		for _, f := range group {
			name := f.Name
			if f.Negatable {
				name = "[no-]" + name
			}
			left := "--" + name
			switch {
			case f.Short != 0:
				left = "-" + string(f.Short) + ", " + left
			case haveShort:
				left = "    " + left
			}
			if !f.IsBool() {
				left += "=" + f.FormatPlaceHolder()
			}
			rows = append(rows, [2]string{left, f.Help})
		}
	}
	return rows
}

// A helpText is a text while it is written.
type helpText struct {
	b     strings.Builder
	width int
}

// line writes a line, indented, without blanks at its end.
func (h *helpText) line(indent int, text string) {
	h.b.WriteString(strings.TrimRight(strings.Repeat(" ", indent)+text, " ") + "\n")
}

// wrap writes a text with the paragraphs, lists and code of doc comments.
func (h *helpText) wrap(text string) {
	for line := range strings.SplitSeq(strings.TrimSpace(docText(text, "    ", h.width)), "\n") {
		h.line(0, line)
	}
}

// docText lays out a doc comment.
func docText(text, code string, width int) string {
	var p comment.Parser
	printer := comment.Printer{TextCodePrefix: code, TextWidth: width}
	return string(printer.Text(p.Parse(text)))
}

// section writes a table of two columns below a title. A left column that is too wide
// has a line of its own.
func (h *helpText) section(title string, rows [][2]string) {
	const indent = 2
	h.line(0, "")
	h.line(0, title)
	width := h.width - indent
	most := max(width*leftPermille/1000, minLeft)
	left := 0
	for _, row := range rows {
		if n := len(row[0]); n < most {
			left = max(left, n)
		}
	}
	for _, row := range rows {
		lines := strings.Split(strings.TrimRight(docText(row[1], "  ", width-left-columnGap), "\n"), "\n")
		first := row[0]
		if len(row[0]) < most {
			first = fmt.Sprintf("%-*s%s", left+columnGap, row[0], lines[0])
			lines = lines[1:]
		}
		h.line(indent, first)
		for _, line := range lines {
			h.line(indent+left+columnGap, line)
		}
	}
}

package main

// This file defines firn doc.

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval/manual"
)

type docCmd struct {
	Names []string `arg:"" optional:"" name:"name" help:"Builtins, as in map or builtins.map. Default: list all."`
	HTML  bool     `xor:"form" name:"html" help:"Print a page of HTML, of all builtins if none is named."`
	JSON  bool     `xor:"form" name:"json" help:"Print a list of objects with name, args, doc, examples and more."`
}

// Help shows examples.
func (docCmd) Help() string {
	return `Examples:
  firn doc                        every builtin in a line
  firn doc foldl'                 what one does, with examples
  firn doc --html >builtins.html  the whole reference, to look at in a browser`
}

// Run prints documentation.
func (c docCmd) Run(s *streams) error {
	entries := manual.Entries()
	if len(c.Names) > 0 {
		entries = nil
		for _, name := range c.Names {
			e, ok := manual.Find(name)
			if !ok {
				return unknownBuiltin(name)
			}
			entries = append(entries, e)
		}
	}
	out := bufio.NewWriter(s.out)
	var err error
	switch {
	case c.HTML:
		err = manual.WriteHTML(out, entries)
	case c.JSON:
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		err = enc.Encode(entries)
	case len(c.Names) == 0:
		listEntries(out, entries, s.terminal(s.out))
	default:
		t := s.terminal(s.out)
		for i, e := range entries {
			if i > 0 {
				out.WriteByte('\n')
			}
			out.WriteString(e.Text(min(t.Width, 100), docStyle(t)))
		}
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

func unknownBuiltin(name string) error {
	hint := "'firn doc' lists all"
	if near := manual.Near(name); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, ", ") + "?"
	}
	return fmt.Errorf("there is no builtin '%s'; %s", name, hint)
}

// listEntries prints a line about each entry, as wide as the terminal if there is one.
func listEntries(w io.Writer, entries []manual.Entry, t terminal.Terminal) {
	const column = 32 // of the summaries
	style := docStyle(t)
	for _, e := range entries {
		usage := strings.TrimPrefix(e.Title(), "builtins.")
		text := e.Summary
		if width := t.Width - column - 1; t.Is && width > 10 && len(text) > width {
			text = text[:strings.LastIndexByte(text[:width], ' ')] + " …"
		}
		pad := strings.Repeat(" ", max(2, column-len(usage)))
		if style.Bold != nil {
			usage = style.Bold(usage)
		}
		fmt.Fprintf(w, "%s%s%s\n", usage, pad, text)
	}
}

// docStyle returns how documentation looks on a terminal.
func docStyle(t terminal.Terminal) manual.Style {
	if !t.Color {
		return manual.Style{}
	}
	return manual.Colored()
}

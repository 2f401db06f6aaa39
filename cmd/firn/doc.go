package main

// This file defines firn doc.

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/manual"
	"github.com/firn-lang/firn/repl"
)

type docCmd struct {
	Names []string `arg:"" optional:"" name:"name" help:"Builtins, as in map or builtins.map, or attribute paths of the file, as in lib.mkIf. Default: list all."`

	File    string   `short:"f" xor:"form" placeholder:"FILE" help:"Look up the names in the value of this file, such as '<nixpkgs>'. Names that begin with lib. are looked up in <nixpkgs/lib> without it."`
	Include []string `short:"I" sep:"none" placeholder:"[NAME=]PATH" help:"Look here for <NAME>, before NIX_PATH."`

	HTML bool `xor:"form" name:"html" help:"Print a page of HTML, of all builtins if none is named."`
	JSON bool `xor:"form" name:"json" help:"Print a list of objects with name, args, doc, examples and more."`
}

// Help shows examples.
func (docCmd) Help() string {
	return `Examples:
  firn doc                        every builtin in a line
  firn doc foldl'                 what one does, with examples
  firn doc lib.mkIf               a function of nixpkgs, by the comment before it
  firn doc -f ./lib.nix           what a file of functions has
  firn doc -f ./lib.nix a.b       what one of them does
  firn doc --html >builtins.html  the whole reference, to look at in a browser`
}

// Run prints documentation.
func (c docCmd) Run(s *streams) error {
	if c.File != "" {
		return c.fromFile(s, c.File, c.Names)
	}
	if lib, ok := c.library(s); ok {
		return c.fromFile(s, "<nixpkgs/lib>", lib)
	}
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

// library returns the names without their "lib.", if all of them have that.
func (c docCmd) library(s *streams) ([]string, bool) {
	var out []string
	for _, name := range c.Names {
		rest, ok := strings.CutPrefix(name, "lib.")
		if !ok {
			return nil, false
		}
		out = append(out, rest)
	}
	return out, len(out) > 0 && !c.HTML && !c.JSON
}

// fromFile prints the documentation of attributes of what a file has; of all of them,
// a line each, if there are no names. It is what the prompt prints for :doc.
func (c docCmd) fromFile(s *streams, file string, names []string) error {
	in := s.setup()
	settings := repl.DefaultSettings()
	settings.Color = s.terminal(s.out).Color
	prompt := &replCmd{Include: c.Include}
	var messages bytes.Buffer
	session, err := repl.New(repl.Options{
		New:      func(rs *repl.Settings) (*eval.Evaluator, error) { return prompt.evaluator(in, rs) },
		Settings: settings,
		Out:      s.out,
		Err:      &messages,
		Dir:      s.dir,
		Home:     s.home,
		Width:    func() int { return s.terminal(s.out).Width },
		Explain:  prompt.explain(s),
	})
	if err != nil {
		return err
	}
	ctx := context.Background()
	session.Input(ctx, ":l "+file)
	if session.Failed() {
		s.err.Write(messages.Bytes())
		return errFailed
	}
	messages.Reset()
	if len(names) == 0 {
		return session.ListDocs()
	}
	for i, name := range names {
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		session.Input(ctx, ":doc "+name)
	}
	if _, err := s.err.Write(messages.Bytes()); err != nil {
		return err
	}
	if session.Failed() {
		return errFailed
	}
	return nil
}

func unknownBuiltin(name string) error {
	hint := "'firn doc' lists all; 'firn doc -f FILE' looks into a file"
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

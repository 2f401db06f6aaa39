package main

// This file defines firn explain: what the codes of errors mean.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/firn-lang/firn/eval/report"
)

// explainCmd is firn explain.
type explainCmd struct {
	Code string `arg:"" optional:"" help:"The code, as in error[missing-attribute]. Without one, all are listed."`
	JSON bool   `help:"Print it as JSON."`
}

// Help shows examples.
func (explainCmd) Help() string {
	return `Examples:
  firn explain infinite-recursion             what it means, with a program that has it
  firn explain                                all codes`
}

// explanation is what is printed of a code as JSON.
type explanation struct {
	Code    string            `json:"code"`
	Title   string            `json:"title"`
	Text    string            `json:"text"`
	Repair  string            `json:"repair"`
	Example string            `json:"example,omitempty"`
	Files   map[string]string `json:"files,omitempty"`
	Args    []string          `json:"args,omitempty"`
}

func explain(c *report.Code) explanation {
	join := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	return explanation{c.Name, c.Title, join(c.Text), join(c.Repair), c.Example, c.Files, c.Args}
}

// Run prints what the code means.
func (c *explainCmd) Run(s *streams) error {
	if c.Code == "" {
		return c.list(s)
	}
	name := strings.TrimSuffix(strings.TrimPrefix(c.Code, "error["), "]")
	code, near := report.Lookup(name)
	if code == nil {
		hint := "'firn explain' lists all"
		if len(near) > 0 {
			hint = "did you mean " + strings.Join(near, " or ") + "? " + hint
		}
		return fmt.Errorf("there is no code '%s'; %s", name, hint)
	}
	if c.JSON {
		return writeJSON(s, explain(code))
	}
	var out bytes.Buffer
	t := s.terminal(s.out)
	bold := func(text string) string {
		if t.Color {
			return "\x1b[1m" + text + "\x1b[0m"
		}
		return text
	}
	width := min(t.Width, 100)
	fmt.Fprintf(&out, "%s: %s\n\n%s\n\n", bold(code.Name), code.Title, report.Wrap(code.Text, width))
	fmt.Fprintf(&out, "%s\n%s\n", bold("What to do"), report.Wrap(code.Repair, width))
	if code.Example != "" {
		fmt.Fprintf(&out, "\n%s\n", bold("Example"))
		for line := range strings.SplitSeq(code.Example, "\n") {
			fmt.Fprintf(&out, "%s\n", strings.TrimRight("    "+line, " "))
		}
		if len(code.Args) > 0 {
			fmt.Fprintf(&out, "with %s.\n", strings.Join(code.Args, " "))
		}
	}
	_, err := s.out.Write(out.Bytes())
	return err
}

func (c *explainCmd) list(s *streams) error {
	codes := report.Codes()
	if c.JSON {
		list := []explanation{}
		for _, code := range codes {
			list = append(list, explain(code))
		}
		return writeJSON(s, list)
	}
	slices.SortFunc(codes, func(a, b *report.Code) int { return strings.Compare(a.Name, b.Name) })
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, code := range codes {
		fmt.Fprintf(w, "%s\t%s\n", code.Name, code.Title)
	}
	return w.Flush()
}

func writeJSON(s *streams, v any) error {
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

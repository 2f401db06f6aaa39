package main

// This file defines how errors of evaluations are printed: for people, for tools,
// or as C++ Nix prints them.

import (
	"io"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/report"
)

// Forms of errors, the values of --errors.
const (
	errorsText = "text"
	errorsJSON = "json"
	errorsNix  = "nix"
)

// An errorPrinter prints errors of evaluations.
type errorPrinter struct {
	streams   *streams
	form      string
	showTrace bool
	ev        *eval.Evaluator // nil if there is none
	main      []string        // files and folders that the user named
	operands  []string        // those of the command line that are to be files
	data      string          // the file of data that errors are about; "" if there is none
	oneOfMany bool            // another one follows
}

// report returns what is to be said about err.
func (p *errorPrinter) report(err error) *report.Report {
	main := append([]string{p.streams.dir}, p.main...)
	opt := report.Options{Main: main}
	if p.ev != nil {
		opt = p.ev.ReportOptions(main...)
	}
	opt.Data = p.data
	opt.Host = p.streams.host // not only what the program may see
	rep := report.New(err, opt)
	if rep.Code.Name == "missing-file" && rep.Place == nil {
		rep.Notes = append(rep.Notes, p.operandNotes(rep.Message)...)
	}
	return rep
}

// operandNotes returns what helps if an operand that is no file, as a message says, was not
// meant to be one.
func (p *errorPrinter) operandNotes(msg string) []string {
	for i, operand := range p.operands {
		if !strings.Contains(msg, "'"+path.Clean(p.streams.userFile(operand))+"'") {
			continue
		}
		switch {
		case strings.ContainsAny(operand, " \t\n{}[]()\"'+=;*$"):
			if strings.Contains(operand, "'") {
				operand = "…"
			}
			return []string{"to evaluate a text, and not a file: firn eval -E '" + operand + "'"}
		case i > 0 && attrPath.MatchString(operand) && path.Ext(operand) != ".nix" && !setup.IsData(operand):
			return []string{"-A " + operand + " selects an attribute"}
		}
	}
	return nil
}

// attrPath matches what can be an attribute path.
var attrPath = regexp.MustCompile(`^[A-Za-z_][\w'-]*(\.[\w'-]+)*$`)

// print writes err to the standard error. attr is what was evaluated, where there
// are several.
func (p *errorPrinter) print(err error, attr string) {
	out := p.streams.err
	t := p.streams.terminal(out)
	if !t.Is {
		t.Width = 0 // lines are left to the reader to wrap
	}
	e, ok := err.(*eval.Error)
	switch {
	case p.form == errorsJSON:
		o := p.report(err).Object()
		o.Attribute = attr
		out.Write(o.Line())
	case p.form == errorsNix && ok && t.Color:
		io.WriteString(out, e.Render(eval.RenderOptions{ShowTrace: p.showTrace, Color: true}))
	case p.form == errorsNix && ok:
		io.WriteString(out, ansi.Plain(e.Render(eval.RenderOptions{ShowTrace: p.showTrace})))
	default:
		io.WriteString(out, p.report(err).Text(report.TextOptions{
			Color: t.Color, Width: t.Width, ShowTrace: p.showTrace, Dir: p.streams.dir, Attribute: attr, NoExplain: p.oneOfMany,
		}))
	}
}

// userFile returns the path of what the command line names, as the evaluator knows
// it.
func (s *streams) userFile(name string) string {
	if strings.HasPrefix(name, "<") || name == "-" {
		return s.dir
	}
	return filepath.ToSlash(s.setup().Absolute(name))
}

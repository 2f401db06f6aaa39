package repl

// This file defines how values and errors are printed.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/manual"
)

// print writes a value to the output, with a newline. depth is the number of levels; 0 is all
// of them.
func (s *Session) print(ctx context.Context, v eval.Value, depth int) error {
	return s.write(ctx, s.opt.Out, v, depth)
}

// write writes a value as the reference's prompt does: a part that fails is its error, in
// place. With a depth, large values end after the number of parts that the settings allow,
// with how many are left; without one, all is written.
func (s *Session) write(ctx context.Context, out io.Writer, v eval.Value, depth int) error {
	opt := eval.FormatOptions{
		Pretty:  true,
		Color:   s.settings.Color,
		Depth:   depth,
		OnError: func(*eval.FormatError) error { return nil },
	}
	if depth > 0 {
		opt.MaxAttrs, opt.MaxItems, opt.MaxString = s.settings.Items, s.settings.Items, s.settings.Strings
	}
	if !s.settings.Pager || s.opt.Pause == nil {
		if err := v.Format(ctx, out, opt); err != nil {
			return err
		}
		_, err := io.WriteString(out, "\n")
		return err
	}
	p := &pager{out: out, rows: s.opt.Rows, pause: s.opt.Pause}
	err := v.Format(ctx, p, opt)
	if errors.Is(err, errEnough) {
		return nil
	}
	if err == nil {
		_, err = io.WriteString(out, "\n")
	}
	return err
}

// errEnough ends the output of a value whose user has seen enough of it.
var errEnough = errors.New("enough")

// A pager is a writer that stops after each page of the terminal until the user goes on.
type pager struct {
	out   io.Writer
	rows  func() int  // of the terminal, which may change
	pause func() bool // waits for the user; false ends the output
	line  int         // lines of the page that were written
}

// Write implements io.Writer. It returns errEnough, and writes no more, if the user wants no
// further page.
func (p *pager) Write(text []byte) (int, error) {
	done := 0
	for done < len(text) {
		line := text[done:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
			p.line++
		}
		n, err := p.out.Write(line)
		done += n
		if err != nil {
			return done, err
		}
		if p.line >= max(p.rows()-1, 1) {
			p.line = 0
			if !p.pause() {
				return done, errEnough
			}
		}
	}
	return done, nil
}

// printError writes an error: of an evaluation with its place and explanation, or as Nix
// writes it if the settings say so; of anything else in one line.
func (s *Session) printError(err error) {
	var e *eval.Error
	switch {
	case !errors.As(err, &e) && errors.Is(err, context.Canceled): // a build: the terminal has shown ^C above its lines
		fmt.Fprintln(s.opt.Err, "error: interrupted by the user")
	case !errors.As(err, &e):
		fmt.Fprintf(s.opt.Err, "error: %s\n", err)
	case e.Kind == eval.ErrInterrupted:
		if s.opt.Rows != nil { // the terminal has shown ^C
			fmt.Fprintln(s.opt.Err)
		}
		fmt.Fprintln(s.opt.Err, "error: interrupted by the user")
	case s.opt.Explain != nil && !s.settings.Plain:
		io.WriteString(s.opt.Err, s.opt.Explain(err, s.settings))
		io.WriteString(s.opt.Err, s.hint(e))
	default:
		io.WriteString(s.opt.Err, e.Render(eval.RenderOptions{ShowTrace: s.settings.Trace, Color: s.settings.Color}))
		io.WriteString(s.opt.Err, s.hint(e))
	}
}

// docStyle returns the colours of documentation, none if the settings have none.
func (s *Session) docStyle() manual.Style {
	if !s.settings.Color {
		return manual.Style{}
	}
	return manual.Colored()
}

// count returns a number of things as text: "1 input", "2 inputs".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

package repl

// This file defines how values are printed.

import (
	"context"
	"io"

	"github.com/firn-lang/firn/builtins/manual"
	"github.com/firn-lang/firn/eval"
)

// print writes a value and a newline, down to a depth; 0 is all of it.
func (s *Session) print(ctx context.Context, v eval.Value, depth int) error {
	return s.write(ctx, s.opt.Out, v, depth)
}

func (s *Session) write(ctx context.Context, out io.Writer, v eval.Value, depth int) error {
	if err := v.Print(ctx, out); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n")
	return err
}

// docStyle returns how documentation is painted.
func (s *Session) docStyle() manual.Style {
	if !s.settings.Color {
		return manual.Style{}
	}
	return manual.Colored()
}

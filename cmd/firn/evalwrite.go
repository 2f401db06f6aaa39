package main

// This file defines how firn eval prints values.

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/format"
)

// output is where values go. It knows whether it is at the start of a line.
type output struct {
	out    io.Writer
	prefix string // to be written first
	any    bool   // something was written since start
	last   byte   // that was written
	// copy, if not nil, gets what is written too, but for the prefix.
	copy *bytes.Buffer
}

func newOutput(out io.Writer) *output { return &output{out: out, last: '\n'} }

// start begins a value, which prefix is written before if anything is.
func (o *output) start(prefix string) { o.prefix, o.any = prefix, false }

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if !o.any {
		o.any = true
		if _, err := io.WriteString(o.out, o.prefix); err != nil {
			return 0, err
		}
	}
	o.last = p[len(p)-1]
	if o.copy != nil && o.copy.Len() <= setup.MaxKept {
		o.copy.Write(p)
	}
	return o.out.Write(p)
}

// end ends a value that ended in an error: what comes next begins a line.
func (o *output) end() {
	if o.any && o.last != '\n' {
		_, _ = o.Write([]byte{'\n'}) // there is an error already
	}
}

// Flush does nothing: what is written is written at once.
func (o *output) Flush() error { return nil }

// formatOptions returns how values are written to out.
func (r *evalRun) formatOptions(attr string) format.Options {
	t := r.streams.terminal(r.streams.out)
	opt := format.Options{
		Form: r.form(), Depth: int(r.Depth), Locations: !r.NoLocation,
		Pretty: (t.Is || r.Pretty) && !r.NoPretty,
	}
	if r.WriteTo != "" {
		opt.Pretty = r.Pretty
		t = terminal.Terminal{}
	}
	opt.Color = t.Color
	if opt.Form == format.Nix && opt.Pretty {
		opt.Width = max(t.Width, minWidth)
	}
	if r.Shallow {
		opt.Depth, opt.Lazy = 1, true
	}
	if r.streams.delay != 0 {
		opt.Delay = r.streams.delay
	}
	if r.KeepGoing {
		opt.OnError = func(e *format.Error) error {
			r.note(pathOf(attr, e), e.Err)
			return nil
		}
	}
	return opt
}

// minWidth is how wide text is where the terminal is too narrow, or there is none.
const minWidth = 40

// write writes a value that is asked for.
func (r *evalRun) write(ctx context.Context, v eval.Value, attr string) error {
	switch {
	case r.WriteTo != "":
		return r.writeTo(ctx, v, attr)
	case r.JSONLines:
		return r.lines(ctx, v, attr)
	}
	opt := r.formatOptions(attr)
	likeNix := r.Errors == errorsNix && opt.Depth == 0 && !r.KeepGoing
	if likeNix && opt.Form == format.Nix {
		// With --strict, nix-instantiate prints nothing before all of the value is known:
		// another part of it fails first than in the order of printing, with other frames.
		if err := v.DeepForce(ctx); err != nil {
			return err
		}
	}
	r.startValue()
	if err := r.format(ctx, r.out, v, opt); err != nil {
		r.out.end()
		if likeNix {
			err = nixError(ctx, v, opt, err)
		}
		return err
	}
	r.written++
	return nil
}

// nixError returns the error of nix-instantiate in place of err, with which printing v ended. The
// two differ for strings, which have a frame of that command, and for values that contain
// themselves, which it goes down until the stack is full.
func nixError(ctx context.Context, v eval.Value, opt format.Options, err error) error {
	var e *eval.Error
	if !errors.As(err, &e) || ends(err) && e.Code != "stack-overflow" {
		return err
	}
	if opt.Form == format.Raw || e.Code == "stack-overflow" && (opt.Form == format.JSON || opt.Form == format.XML) {
		return cmp.Or(v.Print(ctx, io.Discard, eval.PrintOptions{Form: opt.Form, Strict: true}), err)
	}
	return err
}

// format writes a value to out, with a newline if it is text of its own.
func (r *evalRun) format(ctx context.Context, out io.Writer, v eval.Value, opt format.Options) error {
	if err := v.Format(ctx, out, opt); err != nil {
		return err
	}
	if opt.Form == format.Nix || opt.Form == format.JSON {
		_, err := io.WriteString(out, "\n")
		return err
	}
	return nil
}

// lines writes a line for each part of a value.
func (r *evalRun) lines(ctx context.Context, v eval.Value, attr string) error {
	base, err := eval.AttrPath(attr)
	if err != nil {
		return err
	}
	switch v.Kind() {
	case eval.KindAttrs:
		for name, x := range v.Attrs() {
			if err := r.line(ctx, x, attr, base, format.Step{Name: name, Index: -1}); err != nil {
				return err
			}
		}
	case eval.KindList:
		for i, x := range v.Elems() {
			if err := r.line(ctx, x, attr, base, format.Step{Index: i}); err != nil {
				return err
			}
		}
	default:
		return formError("--json-lines prints a line for each attribute of a set or element of a list, but the value is %s; use --json", v.Describe())
	}
	return nil
}

// formError returns the error that a value does not suit the form in which it is printed.
func formError(format string, args ...any) error {
	return &eval.Error{Code: "output-form", Msg: fmt.Sprintf(format, args...)}
}

// line writes the line of one part of a value.
func (r *evalRun) line(ctx context.Context, v eval.Value, attr string, base []string, step format.Step) error {
	name := format.Path{step}.String()[1:]
	if attr != "" {
		name = attr + "." + name
	}
	steps := make([]any, 0, len(base)+1)
	for _, s := range base {
		if i, err := strconv.Atoi(s); err == nil {
			steps = append(steps, i) // as Select understands it
		} else {
			steps = append(steps, s)
		}
	}
	if step.Index >= 0 {
		steps = append(steps, step.Index)
	} else {
		steps = append(steps, step.Name)
	}
	head, err := encode(struct {
		Attr string `json:"attr"`
		Path []any  `json:"attrPath"`
	}{name, steps})
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	buf.Write(head[:len(head)-1]) // without its brace
	start := buf.Len()
	buf.WriteString(`,"value":`)
	opt := r.formatOptions(name)
	opt.Form, opt.Pretty, opt.Color, opt.Delay = format.JSON, false, false, -1
	var failure *format.Error // the first
	if told := opt.OnError; told != nil {
		opt.OnError = func(e *format.Error) error {
			if failure == nil {
				failure = e
			}
			return told(e)
		}
	}
	if err := v.Format(ctx, &buf, opt); err != nil {
		if !errors.As(err, &failure) || ends(err) {
			return err
		}
		buf.Truncate(start)
	}
	if failure != nil {
		r.failed = true
		o := r.printer().report(failure.Err).Object()
		o.Attribute = pathOf(name, failure)
		text, err := encode(o)
		if err != nil {
			return err
		}
		buf.WriteString(`,"error":`)
		buf.Write(text)
	}
	buf.WriteString("}\n")
	_, err = r.out.Write(buf.Bytes())
	return err
}

// encode returns x as one line of JSON.
func encode(x any) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(x); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

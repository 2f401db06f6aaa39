//go:build js && wasm

// Playground, compiled for a browser, is the half that evaluates. It defines one
// function of JavaScript:
//
//	firn.evaluate(source, {form, color}) => Promise<{ok, text, notes}>
//
// form is "nix" (the default), "json", "yaml" or "toml". text is the value or, if
// not ok, the report of the error; notes are the traces and warnings of the program.
// With color, text has the escape sequences of a terminal, which the page turns into
// elements. The promise is never rejected. Failures that Go cannot survive, such as a
// full stack of the browser, end firn: the caller must then start another one.
package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall/js"
	"time"

	"github.com/firn-lang/firn/eval"
)

const (
	maxText  = 1 << 20 // bytes of a result: a few shared lists can print as terabytes
	maxNotes = 1 << 16 // bytes of traces and warnings
)

// options is a sandbox, of a system that people know.
var options = eval.Options{
	System: "x86_64-linux",
	Limits: eval.Limits{Steps: 50e6, Memory: 64 << 20, Time: 5 * time.Second},
	Heap:   256 << 20,
}

func main() {
	p, err := newPlayground()
	evaluate := js.FuncOf(func(_ js.Value, args []js.Value) any {
		var r request
		if len(args) > 0 {
			r.source = args[0].String()
		}
		if len(args) > 1 && args[1].Type() == js.TypeObject {
			if form := args[1].Get("form"); form.Type() == js.TypeString {
				r.form = eval.Form(form.String())
			}
			r.color = args[1].Get("color").Truthy()
		}
		// A function that JavaScript calls must not wait, and evaluating may.
		return promise(func() any {
			if err != nil {
				return result(false, err.Error(), "")
			}
			return p.evaluate(r)
		})
	})
	js.Global().Set("firn", map[string]any{"evaluate": evaluate})
	select {}
}

// A request is a call of firn.evaluate.
type request struct {
	source string
	form   eval.Form // "" stands for FormNix
	color  bool
}

// promise returns a Promise of what fn returns. Where firn ends in fn, it is the
// call that promise is part of that throws.
func promise(fn func() any) js.Value {
	var resolve js.Value
	executor := js.FuncOf(func(_ js.Value, args []js.Value) any {
		resolve = args[0]
		return nil
	})
	defer executor.Release()
	p := js.Global().Get("Promise").New(executor)
	go func() { resolve.Invoke(fn()) }()
	return p
}

func result(ok bool, text, notes string) any {
	return map[string]any{"ok": ok, "text": text, "notes": notes}
}

// A playground evaluates one program at a time: JavaScript has one thread, and the
// page waits for a result before it asks for the next one.
type playground struct {
	ev    *eval.Evaluator
	notes strings.Builder
	cut   bool // there were more notes
}

func newPlayground() (*playground, error) {
	p := &playground{}
	opt := options
	opt.Trace = func(text string) { p.note("trace: " + text) }
	opt.Warn = func(text string) { p.note("warning: " + text) }
	var err error
	p.ev, err = eval.New(opt)
	return p, err
}

func (p *playground) note(text string) {
	switch {
	case p.cut:
	case p.notes.Len()+len(text) > maxNotes:
		p.cut = true
		p.notes.WriteString("…\n")
	default:
		p.notes.WriteString(text + "\n")
	}
}

// evaluate returns a result, for JavaScript.
func (p *playground) evaluate(r request) (res any) {
	p.notes.Reset()
	p.cut = false
	defer func() {
		if r := recover(); r != nil {
			res = result(false, fmt.Sprintf("internal error: %v", r), p.notes.String())
		}
	}()
	text, err := p.text(context.Background(), r)
	notes := strings.TrimRight(p.notes.String(), "\n")
	if err != nil {
		// NoExplain, since there is no command to ask here.
		report := p.ev.Explain(err).Text(eval.ReportText{Color: r.color, NoExplain: true})
		return result(false, strings.TrimRight(report, "\n"), notes)
	}
	return result(true, text, notes)
}

// width is how many columns a value may take, about those of the page.
const width = 90

// text returns the value in the form that r asks for, or its start if it is long.
func (p *playground) text(ctx context.Context, r request) (string, error) {
	v, err := p.ev.EvalString(ctx, r.source)
	if err != nil {
		return "", err
	}
	out := &cutter{}
	err = v.Format(ctx, out, eval.FormatOptions{Form: r.form, Pretty: true, Width: width, Color: r.color})
	if err != nil && !errors.Is(err, errCut) {
		return "", err
	}
	return strings.TrimRight(string(out.text), "\n"), nil
}

// A cutter keeps the start of what is written to it.
type cutter struct{ text []byte }

var errCut = errors.New("the rest was cut")

func (c *cutter) Write(text []byte) (int, error) {
	if room := maxText - len(c.text); len(text) > room {
		c.text = append(c.text, text[:room]...)
		c.text = append(c.text, "…\n(only the start is shown)"...)
		return room, errCut
	}
	c.text = append(c.text, text...)
	return len(text), nil
}

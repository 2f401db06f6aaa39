//go:build js && wasm

// Playground, compiled for a browser, is the half that evaluates. It defines one
// function of JavaScript:
//
//	firn.evaluate(source, {form: "nix" | "json"}) => Promise<{ok, text, notes}>
//
// text is the value or, if not ok, the error; notes are what the program traced
// and was warned of. The promise is never rejected. What Go cannot survive, such as
// the browser's stack being full, ends firn: whoever calls it starts another one.
package main

import (
	"bytes"
	"context"
	"encoding/json"
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
		source, form := "", ""
		if len(args) > 0 {
			source = args[0].String()
		}
		if len(args) > 1 && args[1].Type() == js.TypeObject {
			form = args[1].Get("form").String()
		}
		// A function that JavaScript calls must not wait, and evaluating may.
		return promise(func() any {
			if err != nil {
				return result(false, err.Error(), "")
			}
			return p.evaluate(source, form)
		})
	})
	js.Global().Set("firn", map[string]any{"evaluate": evaluate})
	select {}
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
func (p *playground) evaluate(source, form string) (res any) {
	p.notes.Reset()
	p.cut = false
	defer func() {
		if r := recover(); r != nil {
			res = result(false, fmt.Sprintf("internal error: %v", r), p.notes.String())
		}
	}()
	text, err := p.text(context.Background(), source, form)
	notes := strings.TrimRight(p.notes.String(), "\n")
	var e *eval.Error
	switch {
	case errors.As(err, &e):
		return result(false, strings.TrimRight(e.Render(eval.RenderOptions{}), "\n"), notes)
	case err != nil:
		return result(false, "error: "+err.Error(), notes)
	}
	return result(true, text, notes)
}

// text returns all of the value of source, in one of the two forms.
func (p *playground) text(ctx context.Context, source, form string) (string, error) {
	v, err := p.ev.EvalString(ctx, source)
	if err != nil {
		return "", err
	}
	out := &cutter{}
	if form == "json" {
		text, err := v.JSON(ctx)
		if err != nil {
			return "", err
		}
		var indented bytes.Buffer
		if err := json.Indent(&indented, text, "", "  "); err != nil {
			return "", err
		}
		_, _ = out.Write(indented.Bytes()) // it says itself that it was cut
		return string(out.text), nil
	}
	if err := v.DeepForce(ctx); err != nil {
		return "", err
	}
	if err := v.Print(ctx, out); err != nil && !errors.Is(err, errCut) {
		return "", err
	}
	return string(out.text), nil
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

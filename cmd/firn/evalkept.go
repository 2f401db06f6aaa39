package main

// This file defines which results of firn eval are kept, and how they are printed again.

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/world"
)

// A source is what firn eval evaluates: a text or a file of the command line.
type source struct {
	name   string // that messages call a text; "" for a file
	text   string // the text, or the file as it was named
	isFile bool

	read     bool // contents were read, for the key
	contents []byte
	key      string // of results, without the attribute; "" if none is kept
}

// sources returns what the command line names, in the order in which it is evaluated.
func (r *evalRun) sources() []*source {
	var out []*source
	for i, text := range r.Expr {
		name := "«string»" // also in what is printed of functions, as nix does
		if len(r.Expr) > 1 {
			name = r.world.TextName(fmt.Sprintf("-E %d", i+1))
		}
		out = append(out, &source{name: name, text: text})
	}
	for _, file := range r.Files {
		out = append(out, &source{text: file, isFile: true})
	}
	return out
}

// attributes are the attribute paths that are printed of each source.
func (r *evalRun) attributes() []string {
	if len(r.Attr) == 0 {
		return []string{""}
	}
	return r.Attr
}

// caches reports whether results are kept: what --watch and --write-to do is more than to print,
// and the debugger has to stop at something.
func (r *evalRun) caches() bool { return !r.Watch && r.WriteTo == "" && !r.Debugger && !r.builds() }

// recall looks for results that earlier runs kept.
func (r *evalRun) recall(ctx context.Context, sources []*source) *setup.Kept {
	args, ok := r.world.Key(ctx, r.arguments)
	if !ok {
		return nil
	}
	opt := r.formatOptions("")
	opt.OnError, opt.Delay = nil, 0
	how := fmt.Sprintf("%+v %t %s", opt, r.KeepGoing, r.Errors)
	var keys []string
	for _, s := range sources {
		if !r.identify(ctx, s) {
			continue
		}
		s.key = fmt.Sprintf("firn eval\n%q %q %t %q\n%s\n%q\n%s", s.name, s.text, s.isFile, s.contents, how, r.Apply, args)
		for _, attr := range r.attributes() {
			keys = append(keys, s.key+"\n"+attr)
		}
	}
	return setup.Recall(ctx, r.ev, keys, nil)
}

// identify reads what of s an evaluator does not read itself, and reports whether its results can
// be kept at all: those of flakes and downloads may be others each time.
func (r *evalRun) identify(ctx context.Context, s *source) bool {
	var err error
	switch {
	case !s.isFile:
	case s.text == "-":
		s.contents, err = io.ReadAll(r.streams.in)
		s.read = err == nil
	case setup.IsData(s.text):
		s.contents, err = world.ReadFile(ctx, r.world.Host, r.world.Absolute(s.text), world.NoLimit)
		s.read = err == nil
	case setup.IsDescriptor(s.text): // of a file that has no name, and is read once
		s.contents, err = r.world.ReadNamed(ctx, s.text)
		s.read = err == nil
	case settings.IsPseudoURL(s.text) || r.namesFlake(s.text):
		return false
	}
	return err == nil
}

// keep prints the value of s at an attribute path as fn does, and keeps what was printed.
func (r *evalRun) keep(ctx context.Context, kept *setup.Kept, s *source, attr string, v eval.Value, fn valueFunc) error {
	if kept == nil || s.key == "" {
		return fn(ctx, v, attr)
	}
	var copied bytes.Buffer
	r.out.copy = &copied
	err := fn(ctx, v, attr)
	r.out.copy = nil
	if err == nil && len(r.errs) == 0 && !r.failed {
		kept.Keep(s.key+"\n"+attr, copied.Bytes())
	}
	return err
}

// again prints the result of s at an attribute path, if it was kept.
func (r *evalRun) again(kept *setup.Kept, s *source, attr string) (done bool, err error) {
	if s.key == "" {
		return false, nil
	}
	var messages io.Writer = io.Discard
	if !r.Quiet {
		messages = setup.PlainWriter{Out: r.world.Err}
	}
	result, ok := kept.Get(s.key+"\n"+attr, messages)
	if !ok {
		return false, nil
	}
	r.startValue()
	_, err = r.out.Write(result)
	r.written++
	return true, err
}

// startValue begins the output of a value.
func (r *evalRun) startValue() {
	prefix := ""
	if r.written > 0 && r.form() == format.YAML {
		prefix = "---\n"
	}
	r.out.start(prefix)
}

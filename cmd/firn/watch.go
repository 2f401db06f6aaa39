package main

// This file defines firn eval --watch.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/world"
)

const (
	// pollEvery is how often files are looked at. It also is how long a change may
	// take: a file that is being saved is empty for a moment.
	pollEvery = 150 * time.Millisecond
	// maxChanges is how many changes of a value are shown.
	maxChanges = 200
)

// watch evaluates whenever something changes that was read, until ctx is done.
func (c *evalCmd) watch(ctx context.Context, s *streams, in *setup.Streams, set *settings.Settings) error {
	w := &watcher{evalCmd: c, streams: s, set: set}
	if s.terminal(s.err).Is {
		defer func() {
			if ctx.Err() != nil {
				fmt.Fprintln(s.err) // behind the ^C that a terminal shows
			}
		}()
	}
	wait := s.wait
	if wait == nil {
		wait = nextPoll
	}
	// Where the search path leads is looked at for every evaluation; that alone is
	// nothing that a value depends on.
	probe := world.NewRecorder(in.Host)
	probed := *in
	probed.Host = probe
	store := setup.Options(&probed, set, c.flags()).StoreDir
	for {
		seen := world.NewRecorder(in.Host, store)
		round := *in
		round.Host = seen
		if err := w.evaluate(ctx, &round); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
		if len(paths(seen.Reads())) <= len(paths(probe.Reads())) {
			return errors.New("nothing to watch: the value depends on no file")
		}
		for w.changed = nil; len(w.changed) == 0; w.changed = paths(seen.Changed(ctx)) {
			if !wait(ctx) {
				return nil
			}
		}
		if !wait(ctx) {
			return nil
		}
	}
}

// paths returns the paths of sorted reads, each once.
func paths(reads []world.Read) []string {
	var out []string
	for _, r := range reads {
		if r.Kind != world.ReadEnv {
			out = append(out, r.Name)
		}
	}
	return slices.Compact(out)
}

// nextPoll waits a moment, and reports whether ctx is still good.
func nextPoll(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pollEvery):
		return true
	}
}

// A watcher shows what changes in values.
type watcher struct {
	*evalCmd
	streams *streams
	set     *settings.Settings
	last    []*format.Node // the values that were shown; those that failed are not there
	wrote   bool           // what --write-to names was written
	shown   bool           // there was a round in which nothing failed
	changed []string       // the files that this round is about
}

// evaluate is one round. What goes wrong in it is printed; it returns what makes
// others pointless.
func (w *watcher) evaluate(ctx context.Context, in *setup.Streams) error {
	r := &evalRun{evalCmd: w.evalCmd, streams: w.streams, world: in, set: w.set, out: newOutput(w.streams.out), replace: w.wrote}
	if len(w.changed) > 0 {
		fmt.Fprintf(w.streams.out, "# %s\n", w.describe())
	}
	var now []*format.Node
	err := r.run(ctx, func(ctx context.Context, v eval.Value, attr string) error {
		opt := r.formatOptions(attr)
		if !w.shown || w.WriteTo != "" {
			if err := r.write(ctx, v, attr); err != nil {
				return err
			}
			opt.OnError = ignoreAgain(opt.OnError)
		}
		n, err := v.Snapshot(ctx, opt)
		if err == nil {
			now = append(now, n)
		}
		return err
	})
	if ctx.Err() != nil {
		return nil
	}
	if err == nil {
		if w.shown {
			err = w.compare(now)
		}
		w.last, w.shown, w.wrote = now, true, w.wrote || r.written > 0
	}
	if err := r.finish(err); err != nil && !errors.Is(err, errFailed) {
		var e *settings.UsageError
		if errors.As(err, &e) {
			return err
		}
		fmt.Fprintf(w.streams.err, "error: %s\n", err)
	}
	return nil
}

// ignoreAgain returns a function for errors that were told of already.
func ignoreAgain(fn func(*format.Error) error) func(*format.Error) error {
	if fn == nil {
		return nil
	}
	return func(*format.Error) error { return nil }
}

// describe says which files changed.
func (w *watcher) describe() string {
	const shown = 3
	var names []string
	for _, path := range w.changed {
		if rel, err := filepath.Rel(w.streams.dir, path); err == nil && filepath.IsLocal(rel) {
			path = filepath.ToSlash(rel)
		}
		names = append(names, ansi.Plain(path))
	}
	if n := len(names); n > shown {
		return fmt.Sprintf("%s and %d more changed", strings.Join(names[:shown], ", "), n-shown)
	}
	return strings.Join(names, ", ") + " changed"
}

// compare shows what is different from the last round.
func (w *watcher) compare(now []*format.Node) error {
	color := w.streams.terminal(w.streams.out).Color
	any := false
	for i, n := range now {
		if i >= len(w.last) {
			continue
		}
		changes, more := format.Diff(w.last[i], n, maxChanges)
		for _, c := range changes {
			any = true
			text := ansi.Plain(c.String())
			if color {
				text = map[byte]string{'+': "\x1b[32m", '-': "\x1b[31m", '~': "\x1b[33m"}[text[0]] + text + "\x1b[0m"
			}
			if _, err := fmt.Fprintln(w.streams.out, text); err != nil {
				return err
			}
		}
		if more {
			fmt.Fprintf(w.streams.out, "… and more than %d changes in all\n", maxChanges)
		}
	}
	if any {
		return nil
	}
	_, err := io.WriteString(w.streams.out, "The value is the same.\n")
	return err
}

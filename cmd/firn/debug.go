package main

// This file defines firn eval --debugger: the prompt, where an evaluation stops.

import (
	"bufio"

	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/repl"
)

// debugged returns an evaluator with a debugger, and what runs evaluations with it.
func (r *evalRun) debugged(opt eval.Options) (*eval.Evaluator, func(func() error) error, error) {
	s := r.streams
	screen := s.terminal(s.out)
	settings := repl.DefaultSettings()
	settings.Debug, settings.Trace, settings.Color = true, r.ShowTrace, screen.Color
	session, err := repl.New(repl.Options{
		New: func(rs *repl.Settings) (*eval.Evaluator, error) {
			opt.Debugger = setup.Debugger(r.set, rs.Debugger())
			return eval.New(opt)
		},
		Settings:      settings,
		Out:           s.err, // the results are on the standard output
		Err:           s.err,
		Dir:           s.dir,
		Home:          s.home,
		Width:         func() int { return s.terminal(s.out).Width },
		Interruptible: interruptible,
	})
	if err != nil {
		return nil, nil, err
	}
	reader := &lateReader{open: func() (repl.Reader, error) {
		if !screen.Is || !s.terminal(s.in).Is {
			return &plainLines{in: bufio.NewReader(s.in), stop: func() bool { return false }}, nil
		}
		return repl.NewTerminal(session, repl.TerminalOptions{History: historyFile(), Color: screen.Color})
	}}
	within := func(fn func() error) error {
		defer reader.close()
		return session.Debugging(reader, fn)
	}
	return session.Evaluator(), within, nil
}

// A lateReader opens a Reader when something is read for the first time.
type lateReader struct {
	open func() (repl.Reader, error)
	repl.Reader
}

// Line implements repl.Reader.
func (l *lateReader) Line(more bool) (string, error) {
	if l.Reader == nil {
		r, err := l.open()
		if err != nil {
			return "", err
		}
		l.Reader = r
	}
	return l.Reader.Line(more)
}

func (l *lateReader) close() {
	if t, ok := l.Reader.(*repl.Terminal); ok {
		t.Close()
	}
}

package storecmd

// This file defines the command that prints the log of a build.

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
)

// A logStore has the logs of builds.
type logStore interface {
	// Log returns the log of a derivation; fs.ErrNotExist if there is none. The caller
	// closes it.
	Log(ctx context.Context, drvPath string) (io.ReadCloser, error)
	// AddLog adds the log of a derivation.
	AddLog(ctx context.Context, drvPath string, log io.Reader) error
}

// logsOf returns the logs that a store has; nil if it has none. Those of a daemon on this
// machine are files.
func (e *Env) logsOf(s store.Store) logStore {
	switch s := s.(type) {
	case *local.Store:
		return s.Logs()
	case *cache.Store:
		return s
	case *daemon.Store:
		if s.Files() != nil {
			return local.Logs{Dir: e.stores().LogDir(), Store: s.Dir()}
		}
		return sentLogs{s}
	}
	return nil
}

// sentLogs are the logs of a daemon on another machine, which takes them and does not give
// them back.
type sentLogs struct{ *daemon.Store }

func (sentLogs) Log(context.Context, string) (io.ReadCloser, error) { return nil, fs.ErrNotExist }

// noLog returns the error that there is no log, in words that name the path, in place of
// fs.ErrNotExist.
func noLog(err error, words, path string) error {
	if errors.Is(err, fs.ErrNotExist) {
		return dropin.Failure(words, path)
	}
	return err
}

// OpenLog returns the log of building a derivation, or an output, from what the store has;
// fs.ErrNotExist if there is none. The caller closes it.
func (e *Env) OpenLog(ctx context.Context, s store.Store, p string) (io.ReadCloser, error) {
	logs := e.logsOf(s)
	if logs == nil {
		return nil, fs.ErrNotExist
	}
	if !strings.HasSuffix(p, storepath.DrvExtension) {
		info, err := s.Info(ctx, p)
		if err != nil {
			return nil, err // a path that is not valid is an fs.ErrNotExist
		}
		if info.Deriver == "" {
			return nil, fs.ErrNotExist
		}
		p = info.Deriver
	}
	return logs.Log(ctx, p)
}

// Log prints the log of a build.
type Log struct {
	Installable string `arg:"" optional:"" help:"A derivation, an output of one, or, with --file or --expr, an attribute."`
	exprFlags
}

// Run prints the log: of the store, or of one of the substituters.
func (c *Log) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	i := installables{exprFlags: c.exprFlags}
	if c.Installable != "" {
		i.Installables = []string{c.Installable}
	}
	targets, err := i.targets(ctx, e, s)
	if err != nil {
		return err
	}
	if len(targets) != 1 {
		return dropin.Failure("installable '%s' evaluates to %d derivations, where only one is expected", c.Installable, len(targets))
	}
	t := targets[0]
	for _, ref := range append([]string{e.Set.Text("store")}, e.Set.Strings("substituters")...) {
		from, err := e.OpenStore(ctx, ref)
		if err != nil {
			return err
		}
		parsed, err := stores.Parse(ref)
		if err != nil {
			return err
		}
		if e.logsOf(from) == nil {
			e.Log.Say(dropin.Info, "Skipped '"+e.stores().URL(parsed, false)+"' which does not support retrieving build logs")
			continue
		}
		log, err := e.OpenLog(ctx, from, t.path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		defer log.Close()
		e.Log.Say(dropin.Info, "got build log for '"+t.shown+"' from '"+e.stores().URL(parsed, false)+"'")
		_, err = io.Copy(e.Text, log)
		return err
	}
	return dropin.Failure("build log of '%s' is not available", t.shown)
}

package main

// This file defines what the commands about stores and their formats run in.

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/system"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/flakecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// A storeEnv makes the Env of a command that asks for one.
type storeEnv struct {
	streams *streams
	line    *kong.Context
	env     *storecmd.Env // nil until it is asked for
	cancel  context.CancelCauseFunc
	stop    func() // ends the watch for signals; nil without env
}

// runBound runs the command of a line. A command that asks for an Env has its errors told
// by it.
func runBound(line *kong.Context, s *streams) (err error) {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	b := &storeEnv{streams: s, line: line, cancel: cancel}
	line.BindTo(ctx, (*context.Context)(nil))
	if err := line.BindToProvider(b.open); err != nil {
		return err
	}
	err = line.Run(s)
	if b.env == nil {
		return err
	}
	defer b.stop()
	if closed := b.env.Close(); err == nil {
		err = closed
	}
	var usage *settings.UsageError
	if errors.As(err, &usage) {
		return err
	}
	var next *dropin.Become
	var activation *system.FailedError
	ownStatus := errors.As(err, &next) || errors.As(err, &activation)
	if status := b.env.End(err); status != 0 && ownStatus {
		return failedError(status) // that of the other program
	} else if status != 0 {
		return errFailed
	}
	return nil
}

// open returns the Env, in which the settings are those of the machine, the user and the
// command line.
func (b *storeEnv) open() (*storecmd.Env, error) {
	p := dropin.New("firn", b.streams.setup())
	if err := p.Set.Load(); err != nil {
		return nil, err
	}
	for _, f := range b.line.Flags() {
		switch v := f.Target.Interface().(type) {
		case string:
			if f.Name == "store" && v != "" {
				if err := p.Set.Set("store", v); err != nil {
					return nil, err
				}
			}
		case []string:
			if f.Name != "option" && f.Name != "setting" {
				continue
			}
			for _, text := range v {
				if err := applySetting(p.Set, text); err != nil {
					return nil, err
				}
			}
		}
	}
	if err := p.Finish(); err != nil {
		return nil, err
	}
	b.env = storecmd.NewEnv(p)
	b.env.Flakes = flakecmd.Installables
	ctx, stop := p.Interruptible()
	b.stop = stop
	context.AfterFunc(ctx, func() { b.cancel(context.Cause(ctx)) })
	return b.env, nil
}

// applySetting changes a setting as NAME=VALUE or NAME says.
func applySetting(set *settings.Settings, text string) error {
	name, value, joined := strings.Cut(text, "=")
	if joined {
		return set.Set(name, value)
	}
	f, ok := set.Flag(name)
	if !ok {
		return fmt.Errorf("there is no setting %s", name)
	}
	return f.Apply("")
}

// A storeGroup is a group of commands, with the flags that all of them have.
type storeGroup[T any] struct {
	storecmd.Common
	Commands T `embed:""`
}

// copyCmd is firn copy.
type copyCmd struct {
	storecmd.Common
	storecmd.Copy
}

// buildCmd is firn build.
type buildCmd struct {
	storecmd.Common
	storecmd.Build
}

// runCmd is firn run.
type runCmd struct {
	storecmd.Common
	flakecmd.RunProgram
}

// shellCmd is firn shell.
type shellCmd struct {
	storecmd.Common
	storecmd.Shell
}

// developCmd is firn develop.
type developCmd struct {
	storecmd.Common
	flakecmd.Develop
}

// printDevEnvCmd is firn print-dev-env.
type printDevEnvCmd struct {
	storecmd.Common
	flakecmd.PrintDevEnv
}

// logCmd is firn log.
type logCmd struct {
	storecmd.Common
	storecmd.Log
}

// searchCmd is firn search.
type searchCmd struct {
	storecmd.Common
	flakecmd.Search
}

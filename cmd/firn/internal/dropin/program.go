// Package dropin has what the programs have in common that firn is when it is
// called by the name of one of Nix's: how they read a command line, their settings,
// and their messages.
//
//	Program   a run of such a program: its world, settings, output and log
//	Flag      a row of a table of flags
//	Logger    writes messages
//
// Words, settings and exit status are those of Nix 2.34.
package dropin

// This file defines Program: how it starts and ends.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/lang"
)

// A Program is one run of a program that stands in for one of Nix's.
type Program struct {
	*setup.Streams
	Name       string        // that it is called by, as "nix-store"
	Text       *bufio.Writer // standard output
	Log        Logger
	Set        *settings.Settings // the defaults, until Start has read what there is
	ReadOnly   bool               // --readonly-mode or --dry-run
	NoGCNote   bool               // --no-gc-warning
	RepairFlag *bool              // what --repair sets; nil: the program builds nothing, and ignores it
}

// New returns the program of that name, with the defaults of all settings.
func New(name string, s *setup.Streams) *Program {
	p := &Program{Streams: s, Name: name, Text: bufio.NewWriter(s.Out)}
	p.Log.open(name, s)
	p.Set = s.Settings(p.Log.Warn)
	return p
}

// ErrDone ends a program in success: all has been said.
var ErrDone = errors.New("done")

// An Exit ends a program with a status; what there is to say has been said.
type Exit int

func (e Exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// Traced is an error, and the frame of a trace that leads to it.
type Traced struct {
	Frame    string        // as "while reading key 'env'"
	Position lang.Position // of what the frame is about; the zero Position if there is none
	Err      error
}

func (t *Traced) Error() string { return t.Frame + ": " + t.Err.Error() }

// Unwrap returns the error itself.
func (t *Traced) Unwrap() error { return t.Err }

// End writes what is left of the output, says what went wrong, and returns the exit
// status.
func (p *Program) End(err error) int {
	p.Log.showTrace = p.Set.Bool("show-trace")
	if flushed := p.Text.Flush(); err == nil {
		err = flushed
	}
	var exit Exit
	var next *Become
	if errors.As(err, &next) {
		var status int
		if status, err = next.run(); err == nil {
			return status
		}
	}
	switch {
	case err == nil, errors.Is(err, ErrDone):
		return 0
	case errors.As(err, &exit):
		return int(exit)
	case errors.Is(err, syscall.EPIPE): // the reader of the output has gone
	case errors.Is(err, context.Canceled): // whatever words a library has for it
		p.Log.Error(setup.ErrInterrupted)
	default:
		p.Log.Error(bareError(err))
		return setup.Status(err)
	}
	return 1
}

// NoteRoot says once that what was made can be collected, since no root was asked for.
func (p *Program) NoteRoot() {
	if !p.NoGCNote {
		p.NoGCNote = true
		p.Log.Warn("you did not specify '--add-root'; the result might be removed by the garbage collector")
	}
}

// Finish ends the reading of settings, and checks that there can be such a store.
func (p *Program) Finish() error {
	if err := p.Set.Finish(); err != nil {
		return err
	}
	if scheme, _, ok := strings.Cut(p.Set.Text("store"), "://"); ok && !slices.Contains(storeSchemes, scheme) {
		return fmt.Errorf("don't know how to open Nix store with scheme '%s'", scheme)
	}
	return nil
}

// storeSchemes are those of the reference's stores.
var storeSchemes = []string{"daemon", "dummy", "file", "http", "https", "local", "local-overlay", "s3", "ssh", "ssh-ng", "unix"}

// NixVersion is the version of Nix whose behaviour this is.
const NixVersion = "2.34.8"

// PrintVersion writes the version of Nix that the program behaves as.
func (p *Program) PrintVersion() error {
	fmt.Fprintf(p.Text, "%s (Nix) %s\n", p.Name, NixVersion)
	if p.Log.Level > Info {
		version := "devel"
		if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
			version = info.Main.Version
		}
		fmt.Fprintf(p.Text, "Evaluator: firn %s\nSystem type: %s\nStore directory: %s\n", version, p.Set.Text("system"), p.StoreDir(p.Set))
	}
	return ErrDone
}

// Failure returns an error that no evaluation has. Parts that are filled in have a colour
// on a terminal.
func Failure(format string, args ...any) error {
	return &settings.Message{Format: format, Args: args}
}

// Usage returns an error about the command line.
func Usage(format string, args ...any) error {
	return &settings.UsageError{Message: settings.Message{Format: format, Args: args}}
}

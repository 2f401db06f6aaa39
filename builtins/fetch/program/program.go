// Package program runs the programs that fetchers need, such as git and hg.
package program

// This file defines Run.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// A Command is one run of a program.
type Command struct {
	Path    string // of the program; a bare name is looked up in PATH
	Args    []string
	Dir     string   // where it runs; "" is the current folder
	Environ []string // all variables that it has
	Stdout  io.Writer
	// What is what the program is needed for, for the message if there is none: "Git
	// repositories".
	What string
	// Name is what messages call the run, such as "git fetch".
	Name string
}

// An Error is the failure of a run.
type Error struct {
	Name   string // of the run
	Cause  error  // what the operating system says of its end
	Stderr string // the last lines that it wrote there
}

func (e *Error) Error() string {
	if e.Stderr == "" {
		return fmt.Sprintf("%s: %v", e.Name, e.Cause)
	}
	return fmt.Sprintf("%s: %s", e.Name, e.Stderr)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Run runs a program to its end. If ctx is done, the program is interrupted, and the error is
// the cause of that. A program that fails is an *Error.
func Run(ctx context.Context, c Command) error {
	cmd := exec.CommandContext(ctx, c.Path, c.Args...)
	cmd.Dir, cmd.Env, cmd.Stdout = c.Dir, c.Environ, c.Stdout
	cmd.WaitDelay = 5 * time.Second // for programs that this one started
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	var stderr lastBytes
	cmd.Stderr = &stderr
	err := cmd.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.Is(err, exec.ErrNotFound):
		return fmt.Errorf("fetching %s needs the program '%s': %w", c.What, c.Path, err)
	}
	return &Error{c.Name, err, stderr.text()}
}

// Output is Run for a program whose output is wanted as a text.
func Output(ctx context.Context, c Command) (string, error) {
	var out strings.Builder
	c.Stdout = &out
	err := Run(ctx, c)
	return out.String(), err
}

// lastBytes keeps the last part of what is written to it.
type lastBytes struct{ b []byte }

// Write implements io.Writer.
func (l *lastBytes) Write(p []byte) (int, error) {
	const most = 4 << 10 // bytes
	l.b = append(l.b, p...)
	if len(l.b) > 2*most {
		l.b = slices.Clone(l.b[len(l.b)-most:])
	}
	return len(p), nil
}

// text returns the last lines as a part of a message.
func (l *lastBytes) text() string {
	const most = 10
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(string(l.b), "\r", "\n")), "\n")
	return strings.Join(lines[max(0, len(lines)-most):], "\n")
}

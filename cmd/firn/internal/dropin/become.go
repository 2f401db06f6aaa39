package dropin

// This file defines Become: a program ends, and another one runs in its place.

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"github.com/firn-lang/firn/builtins/build/sandbox"
)

// A Become ends a program as an error does, once its stores are closed: another program runs in its
// place, with the same streams. Where the system has the means, it is the same process.
type Become struct {
	Path string   // without a slash, it is looked for in PATH of Env
	Args []string // the first is the name
	Env  []string // NAME=VALUE
	// Failed is the message that the program cannot be run; %s is Path.
	Failed string
	// Undo, if not nil, is called if the program cannot be run.
	Undo func()
	// Store and Real are different if the program has to see the folder Real where its paths say that
	// the store is: at Store.
	Store, Real string
}

func (b *Become) Error() string { return "becoming " + b.Path }

// run runs the program, and returns the exit status, or why it cannot be run.
func (b *Become) run() (int, error) {
	failed := func(err error) (int, error) {
		if b.Undo != nil {
			b.Undo()
		}
		if pathErr := (*os.PathError)(nil); errors.As(err, &pathErr) {
			err = pathErr.Err
		} else if execErr := (*exec.Error)(nil); errors.As(err, &execErr) {
			err = os.ErrNotExist
		}
		if errors.Is(err, os.ErrNotExist) {
			return 1, Failure(b.Failed+": No such file or directory", b.Path)
		}
		return 1, fmt.Errorf("%s: %w", Failure(b.Failed, b.Path), err)
	}
	if b.Store != b.Real {
		state, err := sandbox.RunBeside(&sandbox.Spec{
			Path: sandbox.Text(b.Path), Args: sandbox.Texts(b.Args), Env: sandbox.Texts(b.Env),
			View: &sandbox.View{Store: sandbox.Text(b.Store), Real: sandbox.Text(b.Real)},
		})
		if err != nil {
			return 1, err
		}
		return exitStatus(state), nil
	}
	name, err := sandbox.Find(b.Path, b.Env)
	if err != nil {
		return failed(err)
	}
	status, err := replace(name, b.Args, b.Env)
	if err != nil {
		return failed(err)
	}
	return status, nil
}

// exitStatus returns the exit status of a process as shells have it: of one that a signal has ended,
// 128 and the number of the signal.
func exitStatus(state *os.ProcessState) int {
	if code := state.ExitCode(); code >= 0 {
		return code
	}
	return signalStatus(state)
}

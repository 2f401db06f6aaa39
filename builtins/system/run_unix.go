//go:build unix

package system

// This file defines how programs of generations are run on this machine.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

// runnerName is what a process is called that runs the program of a generation.
const runnerName = "firn-activation"

// A runnerSpec says what a runner runs.
type runnerSpec struct {
	Argv    []string
	Root    string // "" is /
	Profile string // beside which the intent is
}

// end keeps what became of the program, for the case that the process which has started the
// runner is gone: the intent is fulfilled, or has the status of the program. A program that was
// not to change the profile has no intent.
func (s *runnerSpec) end(status int) error {
	ctx := context.Background()
	m := &Machine{Host: &Local{Profile: s.Profile}}
	i, err := m.readIntent(ctx)
	if err != nil || i == nil {
		return err
	}
	if status == 0 {
		return m.Host.WriteIntent(ctx, nil)
	}
	i.Status = status
	return m.writeIntent(ctx, i)
}

// activate runs a program by a process in between, the runner, which holds the lock while the
// program runs. The program itself does not: what it starts, and leaves running, would have it
// for ever.
func (l *Local) activate(argv, env []string) (status int, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	spec, err := json.Marshal(runnerSpec{argv, l.Root, l.Profile})
	if err != nil {
		return 0, err
	}
	cmd := &exec.Cmd{
		Path: self, Args: []string{runnerName, string(spec)}, Env: env,
		Stdout: l.Stdout, Stderr: l.Stderr, SysProcAttr: &syscall.SysProcAttr{Setsid: true},
	}
	if l.Stdout == nil {
		cmd.Stdout = os.Stdout
	}
	if l.Stderr == nil {
		cmd.Stderr = os.Stderr
	}
	if l.lock != nil {
		cmd.ExtraFiles = []*os.File{l.lock.File()}
	}
	return exitStatus(cmd.Run())
}

// exitStatus returns the status that a process has ended with. Of one that a signal has ended,
// it is that of shells.
func exitStatus(err error) (int, error) {
	exited, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return 0, err
	}
	if ws := exited.Sys().(syscall.WaitStatus); ws.Signaled() {
		return 128 + int(ws.Signal()), nil
	}
	return exited.ExitCode(), nil
}

// cannotRun is the status of a runner whose program cannot be run, as shells have it.
const cannotRun = 126

// Main is the first thing that a program does which switches machines: the process may have been
// started as a runner, and then it does not return.
func Main() {
	if len(os.Args) != 2 || os.Args[0] != runnerName {
		return
	}
	// The terminal may be closed, and its user may press Ctrl-C: an activation is not cut.
	signal.Ignore(syscall.SIGHUP, syscall.SIGINT, syscall.SIGPIPE)
	const lockFile = 3
	syscall.CloseOnExec(lockFile)
	var spec runnerSpec
	if err := json.Unmarshal([]byte(os.Args[1]), &spec); err != nil {
		fmt.Fprintf(os.Stderr, "error: %v\n", err)
		os.Exit(cannotRun)
	}
	cmd := &exec.Cmd{Path: spec.Argv[0], Args: spec.Argv, Dir: "/", Stdout: os.Stdout, Stderr: os.Stderr}
	if spec.Root != "" {
		cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: spec.Root}
	}
	status, err := exitStatus(cmd.Run())
	if err != nil {
		fmt.Fprintf(os.Stderr, "error: %v\n", err)
		status = cannotRun
	}
	if err := spec.end(status); err != nil {
		fmt.Fprintf(os.Stderr, "error: the end of the activation cannot be recorded: %v\n", err)
	}
	os.Exit(status)
}

//go:build unix

package sandbox

// This file defines how a builder is started and ended.

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

// stageName is the name that the stage is called by.
const stageName = "firn-builder-stage"

// ready is what the stage writes when only the builder's own program is left to start.
const ready = "ready\n"

// A Process is a builder that runs.
type Process struct {
	cmd   *exec.Cmd
	state chan *os.ProcessState // has room for one
	ended chan struct{}         // closed when the process has ended
}

// Start starts a builder whose standard output and error are out, and which reads from
// in. It returns when the stage is about to become the builder; that this failed after
// all is told at standard error and by the exit status 1.
func Start(spec *Spec, in, out *os.File) (*Process, error) {
	return start(spec, &exec.Cmd{Dir: "/", Stdin: in, Stdout: out, Stderr: out, SysProcAttr: attributes(spec)})
}

// RunBeside runs a program that sees a View, with the standard streams of this one, and waits for its
// end. It belongs to the process group of this program, so that the user's keys reach it.
func RunBeside(spec *Spec) (*os.ProcessState, error) {
	if err := Probe(); err != nil {
		return nil, err
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	spec.Dir = text(dir)
	scratch, err := os.MkdirTemp("", "firn-view-")
	if err != nil {
		return nil, err
	}
	defer os.Remove(scratch)
	spec.View.scratch = text(scratch)
	keys := make(chan os.Signal, 1)
	signal.Notify(keys, os.Interrupt, syscall.SIGQUIT) // they are for the program
	defer signal.Stop(keys)
	p, err := start(spec, &exec.Cmd{Dir: dir, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, SysProcAttr: viewAttributes()})
	if err != nil {
		return nil, err
	}
	return p.Wait(), nil
}

// start starts a stage with the streams and attributes of cmd, and returns when it is about to become
// the program.
func start(spec *Spec, cmd *exec.Cmd) (*Process, error) {
	encoded, err := json.Marshal(spec)
	if err != nil {
		return nil, err
	}
	specRead, specWrite, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer specRead.Close()
	defer specWrite.Close()
	statusRead, statusWrite, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer statusRead.Close()
	cmd.Path, cmd.Args, cmd.Env, cmd.ExtraFiles = self(), []string{stageName}, []string{}, []*os.File{specRead, statusWrite}
	p := &Process{state: make(chan *os.ProcessState, 1), ended: make(chan struct{}), cmd: cmd}
	started := make(chan error, 1)
	go p.run(started)
	err = <-started
	_ = statusWrite.Close()
	if err != nil {
		var path *fs.PathError // of this program, which says nothing to the user
		if errors.As(err, &path) {
			err = path.Err
		}
		return nil, startError(fmt.Errorf("the process of the builder cannot be started: %w", err))
	}
	_ = specRead.Close()
	_, err = specWrite.Write(encoded)
	if closed := specWrite.Close(); err == nil {
		err = closed
	}
	answer, failed := io.ReadAll(statusRead)
	if string(answer) == ready {
		return p, nil
	}
	p.Kill()
	state := p.Wait()
	switch {
	case len(answer) > 0:
		return nil, &SetupError{string(answer)}
	case err == nil:
		err = failed
	}
	if err != nil && !errors.Is(err, syscall.EPIPE) {
		return nil, err
	}
	return nil, &SetupError{fmt.Sprintf("the process of the builder ended before it began (%s)", state)}
}

// run starts the process and waits for its end, on one thread: the process is killed when
// the thread ends that started it, and so when the program does.
func (p *Process) run(started chan<- error) {
	runtime.LockOSThread()        // without end: the thread is of no use afterwards
	if p.cmd.SysProcAttr.Setsid { // a builder
		dropGroups()
	}
	err := p.cmd.Start()
	started <- err
	if err == nil {
		_ = p.cmd.Wait()
		p.state <- p.cmd.ProcessState
		close(p.ended)
	}
}

// Kill ends the builder, and all processes of its group.
func (p *Process) Kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	_ = p.cmd.Process.Kill()
}

// Ends waits for the end of the builder, for some time at most.
func (p *Process) Ends(within time.Duration) {
	select {
	case <-p.ended:
	case <-time.After(within):
	}
}

// Wait waits for the end of the builder. It is called once.
func (p *Process) Wait() *os.ProcessState { return <-p.state }

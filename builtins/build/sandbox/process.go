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
	"runtime"
	"syscall"
)

// stageName is the name that the stage is called by.
const stageName = "firn-builder-stage"

// ready is what the stage writes when only the builder's own program is left to start.
const ready = "ready\n"

// A Process is a builder that runs.
type Process struct {
	cmd   *exec.Cmd
	state chan *os.ProcessState // has room for one
}

// Start starts a builder whose standard output and error are out, and which reads from
// in. It returns when the stage is about to become the builder; that this failed after
// all is told at standard error and by the exit status 1.
func Start(spec *Spec, in, out *os.File) (*Process, error) {
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
	p := &Process{state: make(chan *os.ProcessState, 1), cmd: &exec.Cmd{
		Path: self(), Args: []string{stageName}, Env: []string{}, Dir: "/",
		Stdin: in, Stdout: out, Stderr: out, ExtraFiles: []*os.File{specRead, statusWrite},
		SysProcAttr: attributes(spec),
	}}
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
	runtime.LockOSThread() // without end: the thread is of no use afterwards
	dropGroups()
	err := p.cmd.Start()
	started <- err
	if err == nil {
		_ = p.cmd.Wait()
		p.state <- p.cmd.ProcessState
	}
}

// Kill ends the builder, and all processes of its group.
func (p *Process) Kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	_ = p.cmd.Process.Kill()
}

// Wait waits for the end of the builder. It is called once.
func (p *Process) Wait() *os.ProcessState { return <-p.state }

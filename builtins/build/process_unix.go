//go:build unix

package build

// This file defines how a builder's program is run: its output, and how long it may take.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/firn-lang/firn/builtins/build/sandbox"
)

// afterOutput is how long a builder may go on once it has closed its output, as programs do that
// look whether all of it could be written.
const afterOutput = time.Second

// An ending is why a builder was killed; nil if it was not.
type ending struct{ err error }

// runProgram runs a builder's program, and writes its output to the log. The error is nil
// only if it has ended well.
func (a *attempt) runProgram(ctx context.Context, spec *sandbox.Spec) error {
	ours, theirs, err := openTerminal()
	if err != nil {
		return err
	}
	defer ours.Close()
	defer theirs.Close()
	null, err := os.Open(os.DevNull)
	if err != nil {
		return err
	}
	defer null.Close()
	p, err := sandbox.Start(spec, null, theirs)
	if err != nil {
		var setup *sandbox.SetupError
		if errors.As(err, &setup) {
			return &Error{Status: MiscFailure, Drv: a.drvPath, Frame: "while setting up the build environment", Msg: setup.Msg, cause: err}
		}
		return err
	}
	// Once the program has closed its end as well, reading fails.
	_ = theirs.Close()
	a.begin()
	var why atomic.Pointer[ending]
	kill := func(err error) {
		if why.CompareAndSwap(nil, &ending{err}) {
			p.Kill()
			_ = ours.SetReadDeadline(time.Now()) // a process that has left the group may hold the other end
		}
	}
	stop := context.AfterFunc(ctx, func() { kill(context.Cause(ctx)) })
	defer stop()
	late := func(after time.Duration, words, setting string) {
		msg := fmt.Sprintf("timed out after %d seconds", after/time.Second)
		if a.b.NameLimits {
			msg = fmt.Sprintf("building '%s' was stopped, since it %s for %s, the limit of the setting '%s'", a.drvPath, words, after, setting)
		}
		kill(&Error{Status: TimedOut, Drv: a.drvPath, Msg: msg})
	}
	if a.b.Timeout > 0 {
		defer time.AfterFunc(a.b.Timeout, func() { late(a.b.Timeout, "has run", "timeout") }).Stop()
	}
	var silence *time.Timer
	if a.b.MaxSilent > 0 {
		silence = time.AfterFunc(a.b.MaxSilent, func() { late(a.b.MaxSilent, "has printed nothing", "max-silent-time") })
		defer silence.Stop()
	}
	buf := make([]byte, 32<<10)
	for {
		n, err := ours.Read(buf)
		if silence != nil && n > 0 {
			silence.Reset(a.b.MaxSilent)
		}
		if a.b.MaxLog > 0 && a.log.size+int64(n) > a.b.MaxLog {
			kill(&Error{Status: LogLimitExceeded, Drv: a.drvPath, Msg: fmt.Sprintf("building derivation '%s' killed after writing more than %d bytes of log output", a.drvPath, a.b.MaxLog)})
			break
		}
		_, _ = a.log.Write(buf[:n])
		if err != nil || why.Load() != nil {
			break
		}
	}
	if why.Load() == nil {
		p.Ends(afterOutput)
	}
	p.Kill() // it has closed its output, and so is at its end
	state := p.Wait()
	if e := why.Load(); e != nil {
		return e.err
	}
	if state.Success() {
		return nil
	}
	return &exitError{statusText(state)}
}

// An exitError says how a builder's program ended.
type exitError struct{ text string }

func (e *exitError) Error() string { return "builder " + e.text }

// statusText returns how a process ended, in the words of the reference.
func statusText(state *os.ProcessState) string {
	status, ok := state.Sys().(syscall.WaitStatus)
	switch {
	case ok && status.Exited():
		return "failed with exit code " + strconv.Itoa(status.ExitStatus())
	case ok && status.Signaled():
		name := status.Signal().String()
		return fmt.Sprintf("failed due to signal %d (%s)", int(status.Signal()), strings.ToUpper(name[:1])+name[1:])
	}
	return "died abnormally"
}

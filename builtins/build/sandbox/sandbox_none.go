//go:build !unix

package sandbox

// This file defines what there is where no builder can be started.

import (
	"errors"
	"os"
)

// A Process is a builder that runs.
type Process struct{}

// Start returns an error.
func Start(*Spec, *os.File, *os.File) (*Process, error) {
	return nil, errors.New("nothing can be built on this system")
}

// RunBeside returns an error.
func RunBeside(*Spec) (*os.ProcessState, error) { return nil, ErrUnsupported }

// Kill does nothing.
func (*Process) Kill() {}

// Wait returns nil.
func (*Process) Wait() *os.ProcessState { return nil }

// Probe returns why there is no sandbox on this system.
func Probe() error { return ErrUnsupported }

// Main does nothing.
func Main() {}

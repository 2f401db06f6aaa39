//go:build !(linux || darwin || freebsd)

package setup

// This file defines what stands in for signals that only Unix has.

import "os"

// hangupSignal is nil: no signal tells that a terminal was closed.
var hangupSignal os.Signal

// watchReaders does nothing: nothing is built here.
func watchReaders(func(os.Signal)) (end func()) { return func() {} }

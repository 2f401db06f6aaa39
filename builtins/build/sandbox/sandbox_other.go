//go:build unix && !linux

package sandbox

// This file defines what there is of a builder's stage where there is no sandbox.

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// Probe returns why there is no sandbox on this system.
func Probe() error { return ErrUnsupported }

// self returns the program that the stage is.
func self() string {
	name, err := os.Executable()
	if err != nil {
		return filepath.Clean(os.Args[0])
	}
	return name
}

func dropGroups() {}

func startError(err error) error { return err }

// attributes returns how the stage is started.
func attributes(*Spec) *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

// viewAttributes returns nil: there are no views.
func viewAttributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }

// Main becomes the builder, if the process is the stage. Otherwise it returns at once.
func Main() {
	if len(os.Args) == 0 || os.Args[0] != stageName {
		return
	}
	status := os.NewFile(4, "status")
	var spec Spec
	encoded, err := io.ReadAll(os.NewFile(3, "spec"))
	if err == nil {
		err = json.Unmarshal(encoded, &spec)
	}
	if err == nil {
		err = sealListed("/dev/fd")
	}
	if err == nil && spec.Root != nil {
		err = ErrUnsupported
	}
	if err == nil {
		err = os.Chdir(string(spec.Dir))
	}
	if err != nil {
		_, _ = status.WriteString(err.Error())
		os.Exit(1)
	}
	syscall.Umask(0o022)
	become(&spec, status)
}

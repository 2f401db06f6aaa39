//go:build unix

package sandbox

// This file defines how the stage becomes the builder.

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

// become tells that the stage is ready, and executes the builder's program. It does not
// return: that the program cannot be executed is told in the log of the build.
func become(spec *Spec, status *os.File) {
	args, env := make([]string, len(spec.Args)), make([]string, len(spec.Env))
	for i, a := range spec.Args {
		args[i] = string(a)
	}
	for i, e := range spec.Env {
		env[i] = string(e)
	}
	if _, err := status.WriteString(ready); err != nil {
		os.Exit(1)
	}
	path, doing := string(spec.Path), "executing"
	var err error
	if spec.View != nil {
		path, err = Find(path, env)
		doing = "unable to execute"
	}
	if err == nil {
		err = syscall.Exec(path, args, env)
	}
	fmt.Fprintf(os.Stderr, "error: %s '%s': %s\n", doing, spec.Path, sentence(err))
	os.Exit(1)
}

// sentence returns the text of an error of the system as libraries of C have it, with a
// capital letter.
func sentence(err error) string {
	msg := err.Error()
	return strings.ToUpper(msg[:1]) + msg[1:]
}

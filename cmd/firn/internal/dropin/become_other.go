//go:build !unix

package dropin

// This file defines what stands in for a process that becomes another program.

import (
	"os"
	"os/exec"
)

// replace runs another program, waits for its end, and returns its exit status.
func replace(path string, args, env []string) (int, error) {
	c := &exec.Cmd{Path: path, Args: args, Env: env, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	err := c.Run()
	if c.ProcessState == nil {
		return 1, err
	}
	return exitStatus(c.ProcessState), nil
}

// signalStatus returns 1: no signal ends processes here.
func signalStatus(*os.ProcessState) int { return 1 }

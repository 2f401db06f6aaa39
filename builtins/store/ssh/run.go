package ssh

// This file defines how a program is run to its end.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// noConnection is the status of ssh if it has none of the program.
const noConnection = 255

// Run runs the program to its end, and returns its status. in, which may be nil, is its input;
// out takes its output.
func (c *Command) Run(ctx context.Context, in io.Reader, out io.Writer) (status int, err error) {
	argv, err := c.arguments()
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.WaitDelay = waitDelay
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, c.Stderr
	if c.Stderr == nil {
		cmd.Stderr = os.Stderr
	}
	err = cmd.Run()
	exited, ok := errors.AsType[*exec.ExitError](err)
	switch {
	case !ok:
		return 0, err
	case exited.ExitCode() == noConnection || exited.ExitCode() < 0:
		return 0, fmt.Errorf("'%s' cannot be reached, or the connection has ended: %w", c.Host, err)
	}
	return exited.ExitCode(), nil
}

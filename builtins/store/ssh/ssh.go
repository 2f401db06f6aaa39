// Package ssh runs a program on another machine, through the ssh program, and
// speaks with it.
//
//	Command   what is run, and how
package ssh

// This file defines Command.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// A Command says which program is run where.
type Command struct {
	// Host is as ssh takes it: HOST or USER@HOST. On localhost, the program runs without
	// ssh.
	Host string
	// Remote is the program and its arguments, such as nix-daemon --stdio.
	Remote []string
	// Key is the file of the private key; "" leaves that to ssh.
	Key string
	// Port is the port; "" is the usual one.
	Port string
	// Compress asks ssh to compress what is sent.
	Compress bool
	// Argv is what runs ssh; nil is ssh and what NIX_SSHOPTS has. Host and Remote
	// follow it.
	Argv []string
	// Stderr takes what ssh and the program print; nil is this process's.
	Stderr io.Writer
}

// arguments returns the command line.
func (c *Command) arguments() ([]string, error) {
	if c.Host == "" || strings.HasPrefix(c.Host, "-") {
		return nil, fmt.Errorf("invalid SSH host name '%s'", c.Host)
	}
	argv := c.Argv
	if argv == nil && c.Host == "localhost" && c.Port == "" {
		return c.Remote, nil
	}
	if argv == nil {
		argv = append([]string{"ssh"}, strings.Fields(os.Getenv("NIX_SSHOPTS"))...)
	}
	argv = append([]string(nil), argv...)
	if c.Key != "" {
		argv = append(argv, "-i", c.Key)
	}
	if c.Port != "" {
		argv = append(argv, "-p", c.Port)
	}
	if c.Compress {
		argv = append(argv, "-C")
	}
	argv = append(argv, "-x", c.Host, "--")
	for _, arg := range c.Remote {
		argv = append(argv, quote(arg))
	}
	return argv, nil
}

// quote returns arg as the shell of the other machine reads it.
func quote(arg string) string {
	if arg != "" && strings.Trim(arg, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:+@%,") == "" {
		return arg
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}

// Dial starts the program. What is written to the connection is its input, and
// what is read its output. Close ends it.
func (c *Command) Dial(ctx context.Context) (io.ReadWriteCloser, error) {
	argv, err := c.arguments()
	if err != nil {
		return nil, err
	}
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	cmd := exec.Command(argv[0], argv[1:]...) // which lives longer than ctx
	cmd.WaitDelay = waitDelay
	if cmd.Stderr = c.Stderr; c.Stderr == nil {
		cmd.Stderr = os.Stderr
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("connecting with '%s': %w", c.Host, err)
	}
	link := &started{r: out, w: in, host: c.Host}
	p := &process{Reader: link, Writer: link}
	p.end = sync.OnceValue(func() error {
		err := errors.Join(in.Close(), out.Close())
		_ = cmd.Process.Kill() // unless it has ended
		_ = cmd.Wait()         // its status says that it was killed
		return err
	})
	return p, nil
}

// A started reads and writes what the machines say. If the other one says nothing before the
// program ends, there was no connection. One goroutine may read while another one writes.
type started struct {
	r    io.Reader
	w    io.Writer
	host string
	any  atomic.Bool // something was read
}

func (s *started) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if n > 0 {
		s.any.Store(true)
	}
	if err == io.EOF && !s.any.Load() {
		err = s.failed()
	}
	return n, err
}

// Write writes to the program. That it has ended is no broken pipe to callers, who would take it for one of
// the program's own output.
func (s *started) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	switch {
	case !errors.Is(err, syscall.EPIPE):
	case s.any.Load():
		err = fmt.Errorf("the SSH connection to '%s' has ended", s.host)
	default:
		err = s.failed()
	}
	return n, err
}

func (s *started) failed() error { return fmt.Errorf("failed to start SSH connection to '%s'", s.host) }

// waitDelay is how long what the program has started may keep its output open.
const waitDelay = time.Second

// A process is a program that runs, as a connection.
type process struct {
	io.Reader
	io.Writer
	end func() error
}

// Close implements io.Closer.
func (p *process) Close() error { return p.end() }

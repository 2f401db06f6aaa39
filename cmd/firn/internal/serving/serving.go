// Package serving is firn daemon, and nix-daemon, which is a link to firn.
//
//	Main   the command line of both
//	Run    the daemon
package serving

// This file defines Main and Run.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/wire"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
)

// Options say what a daemon serves, and where.
type Options struct {
	Stdio  bool   // serve the input and output of this process, and end with them
	Socket string // to listen at; "" is that of SocketPath
}

// usage is how the command line is read.
const usage = "Usage: nix-daemon [--stdio] [--socket PATH]\n"

// Main is nix-daemon with arguments. It returns the exit status.
func Main(args []string, s *setup.Streams) int {
	var o Options
	for i := 0; i < len(args); i++ {
		switch arg := args[i]; {
		case arg == "--stdio":
			o.Stdio = true
		case arg == "--daemon":
			// It always was one.
		case arg == "--socket" && i+1 < len(args):
			i++
			o.Socket = args[i]
		case arg == "--help":
			fmt.Fprint(s.Out, usage)
			return 0
		case arg == "--version":
			fmt.Fprintf(s.Out, "nix-daemon (Nix) %s\n", wire.NixVersion)
			return 0
		default:
			fmt.Fprintf(s.Err, "error: unrecognised flag '%s'\nTry 'nix-daemon --help' for more information.\n", arg)
			return 1
		}
	}
	if err := Run(o, s); err != nil {
		fmt.Fprintf(s.Err, "error: %s\n", err)
		return 1
	}
	return 0
}

// Run serves the local store that the environment names until a signal ends it,
// or its one client leaves.
func Run(o Options, s *setup.Streams) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	served, err := local.Open(ctx, local.Options{
		Dir:    storepath.Dir(s.Getenv("NIX_STORE_DIR")),
		State:  s.Getenv("NIX_STATE_DIR"),
		LogDir: s.Getenv("NIX_LOG_DIR"),
		Log:    func(text string) { fmt.Fprintln(s.Err, text) },
	})
	if err != nil {
		return err
	}
	defer served.Close()
	so := daemon.ServerOptions{Trust: trusts, Log: func(err error) { fmt.Fprintf(s.Err, "error processing connection: %s\n", err) }}
	if o.Stdio {
		so.Trust = func(io.ReadWriteCloser) bool { return true } // it has the rights of this process already
		return daemon.ServeConn(ctx, stdio{s.In, s.Out}, served, so)
	}
	l, err := listen(o.socket(s))
	if err != nil {
		return err
	}
	if err := daemon.Serve(ctx, l, served, so); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// socket returns where to listen.
func (o *Options) socket(s *setup.Streams) string {
	switch state := s.Getenv("NIX_STATE_DIR"); {
	case o.Socket != "":
		return o.Socket
	case s.Getenv("NIX_DAEMON_SOCKET_PATH") != "":
		return s.Getenv("NIX_DAEMON_SOCKET_PATH")
	case state != "":
		return filepath.Join(state, "daemon-socket", "socket")
	}
	return daemon.DefaultSocket
}

// listen listens at a socket, to which all users may connect. One that a daemon
// has left behind is replaced; that of a daemon that runs is an error.
func listen(path string) (net.Listener, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	if info, err := os.Lstat(path); err == nil {
		if info.Mode().Type() != fs.ModeSocket {
			return nil, fmt.Errorf("'%s' is in the way of the socket", path)
		}
		if c, err := net.Dial("unix", path); err == nil {
			c.Close()
			return nil, fmt.Errorf("a daemon listens at '%s' already", path)
		}
		if err := os.Remove(path); err != nil {
			return nil, err
		}
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o666); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// stdio is the connection of a process that serves its input and output.
type stdio struct {
	io.Reader
	io.Writer
}

// Close closes the input, so that reading ends.
func (c stdio) Close() error {
	if in, ok := c.Reader.(io.Closer); ok {
		return in.Close()
	}
	return nil
}

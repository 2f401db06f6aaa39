// Package daemon speaks the worker protocol of nix-daemon, on both sides.
//
//	Store              a store.Store, and store.Keeper, in another process
//	Unix               how a Store reaches a daemon's socket
//	Serve, ServeConn   give any store.Store to such clients, C++ Nix among them
//
// Both sides expect the worst of the other one: what it lies about, or leaves
// open, ends in an error and a closed connection, in bounded memory.
package daemon

// This file defines how stores in other processes are reached.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"unicode"
	"unicode/utf8"

	"github.com/firn-lang/firn/builtins/store/wire"
)

// SocketPath returns where nix-daemon listens, by the environment.
func SocketPath(getenv func(string) string) string {
	if path := getenv("NIX_DAEMON_SOCKET_PATH"); path != "" {
		return path
	}
	return filepath.Join(cmp.Or(getenv("NIX_STATE_DIR"), "/nix/var/nix"), "daemon-socket", "socket")
}

// Unix returns a function for Options.Dial that connects with a socket of this
// machine.
func Unix(path string) func(context.Context) (io.ReadWriteCloser, error) {
	return func(ctx context.Context) (io.ReadWriteCloser, error) {
		var d net.Dialer
		conn, err := d.DialContext(ctx, "unix", path)
		if err == nil {
			return newSocket(conn)
		}
		var sys *os.SyscallError // within what says "dial unix"
		if errors.As(err, &sys) {
			err = sys.Err
		}
		return nil, &dialError{path, err}
	}
}

// A dialError says that there is no daemon at a socket. Its reason begins with a capital, as
// those of libraries of C do.
type dialError struct {
	path string
	err  error
}

func (e *dialError) Error() string {
	reason := e.err.Error()
	if r, n := utf8.DecodeRuneInString(reason); n > 0 {
		reason = string(unicode.ToUpper(r)) + reason[n:]
	}
	return fmt.Sprintf("cannot connect to socket at '%s': %s", e.path, reason)
}

func (e *dialError) Unwrap() error { return e.err }

// messageLimit is how much memory a message of the other side may take, in bytes.
// A list of a million paths takes less than clientLimit.
const (
	serverLimit = 64 << 20
	clientLimit = 1 << 30
)

// copySize is the size of the pieces in which archives are sent, in bytes.
const copySize = 64 << 10

// remote returns the error that is sent for err.
func remote(err error) *wire.Error { return &wire.Error{Msg: err.Error()} }

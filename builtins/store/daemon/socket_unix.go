//go:build unix

package daemon

// This file defines sockets whose reads and writes block a thread.

import (
	"io"
	"net"
	"os"
	"sync"
	"syscall"
)

// A socket is a connection that the runtime's poller does not know. An operation
// over it is a short question and a short answer: to wait for each with the
// poller took half of the processor time of both sides. A thread waits for each
// connection instead, as a process does in the reference.
type socket struct {
	*os.File
	hangUp func() // ends reads and writes that wait, which closing the file would not
}

// newSocket returns conn as a socket if it is one of this machine, and otherwise
// conn itself. An error closes conn.
func newSocket(conn net.Conn) (io.ReadWriteCloser, error) {
	c, ok := conn.(*net.UnixConn)
	if !ok {
		return conn, nil
	}
	defer c.Close()
	f, err := c.File() // a duplicate
	if err != nil {
		return nil, err
	}
	fd := int(f.Fd()) // which makes it blocking
	return &socket{f, sync.OnceFunc(func() { _ = syscall.Shutdown(fd, syscall.SHUT_RDWR) })}, nil
}

// Close implements io.Closer.
func (s *socket) Close() error {
	s.hangUp()
	return s.File.Close()
}

package local

// This file defines what a collector that runs is told by those that use the
// store meanwhile.

import (
	"bufio"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync"
)

// A rootServer answers on the socket of the collector: each line is a path that
// is used from now on. The answer comes when the path is not being deleted.
type rootServer struct {
	s        *Store
	listener net.Listener
	clients  sync.WaitGroup

	mu      sync.Mutex
	changed sync.Cond       // pending became smaller
	roots   map[string]bool // hash parts that are used
	pending map[string]bool // hash parts that are being deleted
	conns   map[net.Conn]bool
	closed  bool
}

// serveRoots starts a server.
func serveRoots(s *Store) (*rootServer, error) {
	r := &rootServer{s: s, roots: map[string]bool{}, pending: map[string]bool{}, conns: map[net.Conn]bool{}}
	r.changed.L = &r.mu
	path := s.gcSocket()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	// Only one collector runs at a time: what is there is left over.
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var err error
	if r.listener, err = net.Listen("unix", path); err != nil {
		return nil, err
	}
	if err := listenMode(path); err != nil {
		r.close()
		return nil, err
	}
	r.clients.Go(r.accept)
	return r, nil
}

// accept serves clients until the listener is closed.
func (r *rootServer) accept() {
	for {
		conn, err := r.listener.Accept()
		if err != nil {
			return
		}
		r.mu.Lock()
		if r.closed {
			r.mu.Unlock()
			_ = conn.Close()
			return
		}
		r.conns[conn] = true
		r.mu.Unlock()
		r.clients.Go(func() { r.serve(conn) })
	}
}

// maxLine is how long a line of a client can be, in bytes.
const maxLine = 64 << 10

// serve takes roots from one client.
func (r *rootServer) serve(conn net.Conn) {
	defer func() {
		r.mu.Lock()
		delete(r.conns, conn)
		r.mu.Unlock()
		_ = conn.Close()
	}()
	lines := bufio.NewScanner(conn)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		if p, err := r.s.dir.Parse(lines.Text()); err == nil {
			r.add(p.Hash())
		} else {
			r.s.log("received garbage instead of a root from client")
		}
		if _, err := conn.Write([]byte("1")); err != nil {
			return
		}
	}
}

// add makes a hash part one that is used, and waits until what has it is not
// being deleted.
func (r *rootServer) add(hash string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.roots[hash] = true
	for r.pending[hash] && !r.closed {
		r.changed.Wait()
	}
}

// has reports whether a hash part is used.
func (r *rootServer) has(hash string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.roots[hash]
}

// begin says that what has these hash parts will be deleted; false if some of
// them are used.
func (r *rootServer) begin(hashes []string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, hash := range hashes {
		if r.roots[hash] {
			return false
		}
	}
	for _, hash := range hashes {
		r.pending[hash] = true
	}
	return true
}

// end says that what has these hash parts is deleted.
func (r *rootServer) end(hashes ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, hash := range hashes {
		delete(r.pending, hash)
	}
	r.changed.Broadcast()
}

// close ends the server. Its clients ask again, and find that gc.lock is free.
func (r *rootServer) close() {
	_ = r.listener.Close() // which removes the socket
	r.mu.Lock()
	r.closed = true
	for conn := range r.conns {
		_ = conn.Close()
	}
	r.changed.Broadcast()
	r.mu.Unlock()
	r.clients.Wait()
}

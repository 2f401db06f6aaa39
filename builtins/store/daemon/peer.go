package daemon

// This file defines peer: a connection that notices what its other side does not
// do.

import (
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// A peer reads from and writes to a connection. It closes the connection if its
// other side takes too long with a message, and can read ahead to notice that the
// other side has left.
type peer struct {
	conn   io.ReadWriteCloser
	limit  time.Duration // how long the other side may take
	hangUp func()
	alarm  *alarm      // set while the other side has to go on
	armed  atomic.Bool // reading counts
	late   atomic.Bool // the alarm has rung

	mu       sync.Mutex
	cond     sync.Cond
	reading  bool // Read is being called
	watching bool // a byte is being read ahead
	ahead    []byte
	aheadErr error
}

// arm decides whether reads must end in time: in messages, but not between them.
func (p *peer) arm(on bool) { p.armed.Store(on) }

// stalled closes the connection.
func (p *peer) stalled() {
	p.late.Store(true)
	p.hangUp()
}

// wasStalled reports whether the connection was closed for taking too long.
func (p *peer) wasStalled() bool { return p.late.Load() }

// read reads, first what was read ahead.
func (p *peer) read(b []byte) (int, error) {
	if p.armed.Load() {
		p.alarm.set(p.limit)
		defer p.alarm.clear()
	}
	p.mu.Lock()
	for p.watching {
		p.cond.Wait()
	}
	if len(p.ahead) > 0 && len(b) > 0 {
		n := copy(b, p.ahead)
		p.ahead = p.ahead[n:]
		p.mu.Unlock()
		return n, nil
	}
	if err := p.aheadErr; err != nil {
		p.mu.Unlock()
		return 0, err
	}
	p.reading = true
	p.mu.Unlock()
	n, err := p.conn.Read(b)
	p.mu.Lock()
	p.reading = false
	p.mu.Unlock()
	return n, err
}

// watch reads a byte ahead in another goroutine, and calls left if there is none.
// It returns false if it cannot, since a read is under way.
func (p *peer) watch(left func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.reading {
		return false
	}
	if p.watching || len(p.ahead) > 0 || p.aheadErr != nil {
		return true
	}
	p.watching = true
	go func() {
		b := make([]byte, 1)
		n, err := p.conn.Read(b)
		p.mu.Lock()
		p.watching, p.ahead, p.aheadErr = false, b[:n], err
		p.cond.Broadcast()
		p.mu.Unlock()
		if err != nil {
			left()
		}
	}()
	return true
}

// writing writes to a peer, which must take what it is sent.
type writing struct{ p *peer }

func (w writing) Write(b []byte) (int, error) {
	w.p.alarm.set(w.p.limit)
	defer w.p.alarm.clear()
	return w.p.conn.Write(b)
}

// reading reads from the peer of a session. Before it waits, it sends what the
// peer may be waiting for: so answers to requests that were sent ahead go in one
// piece.
type reading struct{ c *session }

func (r reading) Read(b []byte) (int, error) {
	if err := r.c.flush(); err != nil {
		return 0, err
	}
	return r.c.peer.read(b)
}

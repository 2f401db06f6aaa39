package daemon

// This file defines the client's connections, and the pool of them.

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/store/wire"
)

// A conn is a connection with a daemon. One operation at a time uses it.
type conn struct {
	rwc   io.ReadWriteCloser
	close func() // closes rwc, once
	r     *wire.Reader
	w     *wire.Writer
	hello wire.Hello
	used  bool // an operation has succeeded on it
}

// ErrClosed is the error of a Store that was closed.
var ErrClosed = errors.New("the connection with the daemon was closed")

// acquire returns a connection: one that is idle, or a new one, if fewer than
// Options.MaxConnections are in use; otherwise it waits. The caller must release
// it.
func (s *Store) acquire(ctx context.Context) (*conn, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	select {
	case s.room <- struct{}{}:
	default:
		select {
		case s.room <- struct{}{}:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		<-s.room
		return nil, ErrClosed
	}
	if n := len(s.idle); n > 0 {
		c := s.idle[n-1]
		s.idle = s.idle[:n-1]
		s.mu.Unlock()
		return c, nil
	}
	s.mu.Unlock()
	c, err := s.connect(ctx)
	if err != nil {
		<-s.room
	}
	return c, err
}

// release gives a connection back. It is closed unless it is good.
func (s *Store) release(c *conn, good bool) {
	s.mu.Lock()
	if good && !s.closed {
		c.used = true
		s.idle = append(s.idle, c)
		c = nil
	}
	s.mu.Unlock()
	if c != nil {
		c.close()
	}
	<-s.room
}

// connect makes a new connection.
func (s *Store) connect(ctx context.Context) (*conn, error) {
	rwc, err := s.o.Dial(ctx)
	if err != nil {
		return nil, err
	}
	c := &conn{rwc: rwc, close: sync.OnceFunc(func() { rwc.Close() })}
	c.r = wire.NewReader(rwc, s.o.Dir, clientLimit)
	c.w = wire.NewWriter(rwc)
	late, cancel := context.WithTimeoutCause(ctx, s.o.HandshakeTime, errors.New("the daemon does not answer"))
	defer cancel()
	err = s.watched(late, c, func() error {
		var err error
		if c.hello, err = wire.Client(c.r, c.w, s.o.Version); err != nil {
			return err
		}
		if err := c.r.Answer(s.o.Log, nil); err != nil || s.o.Settings == nil {
			return err
		}
		c.w.Uint64(uint64(wire.SetOptions))
		c.w.Settings(*s.o.Settings)
		if err := c.w.Flush(); err != nil {
			return err
		}
		return c.r.Answer(s.o.Log, nil)
	})
	if err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// watched calls f, which uses c, and closes c if ctx is done before f returns.
// The error is then that of ctx.
func (s *Store) watched(ctx context.Context, c *conn, f func() error) error {
	if ctx.Done() == nil {
		return f()
	}
	stop := context.AfterFunc(ctx, c.close)
	err := f()
	if !stop() {
		return context.Cause(ctx)
	}
	return err
}

// good reports whether a connection can be used after an operation that ended
// with err.
func (c *conn) good(err error) bool {
	var told *wire.Error
	return c.r.Err() == nil && (err == nil || errors.As(err, &told))
}

// call does an operation: args writes the arguments, and result reads the result;
// both may be nil. An idle connection that the daemon has closed meanwhile is
// replaced by a new one, once: all operations can be repeated.
func (s *Store) call(ctx context.Context, op wire.Op, args func(*wire.Writer), result func(*wire.Reader)) error {
	for {
		c, err := s.acquire(ctx)
		if err != nil {
			return err
		}
		err = s.watched(ctx, c, func() error {
			c.w.Uint64(uint64(op))
			if args != nil {
				args(c.w)
			}
			if err := c.w.Flush(); err != nil {
				return err
			}
			if err := c.r.Answer(s.o.Log, nil); err != nil {
				return err
			}
			if result != nil {
				result(c.r)
			}
			return c.r.Err()
		})
		good := c.good(err)
		again := c.used && !good && ctx.Err() == nil && isGone(c, err)
		s.release(c, good)
		if !again {
			return err
		}
	}
}

// isGone reports whether an operation failed because the other side had closed
// the connection.
func isGone(c *conn, err error) bool {
	var format *wire.FormatError
	var path *wire.PathError
	return !errors.As(err, &format) && !errors.As(err, &path)
}

// upload does an operation whose arguments are followed by data that send writes.
// The daemon may answer before it has all of it, and is listened to meanwhile.
func (s *Store) upload(ctx context.Context, op wire.Op, args func(*wire.Writer), send func(io.Writer) error, result func(*wire.Reader)) error {
	c, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	err = s.watched(ctx, c, func() error {
		c.w.Uint64(uint64(op))
		args(c.w)
		if err := c.w.Flush(); err != nil {
			return err
		}
		answer := make(chan error, 1)
		up := &uploading{w: wire.NewFrameWriter(c.w), done: make(chan struct{})}
		go func() {
			err := c.r.Answer(s.o.Log, nil)
			close(up.done)
			answer <- err
		}()
		err := send(up)
		if err == nil || errors.Is(err, errAnswered) {
			_ = up.w.Close()
			err = c.w.Flush()
		}
		if err != nil {
			select {
			case <-up.done: // the daemon's words are better than those of a broken connection
				if told := <-answer; told != nil {
					c.r.Fail(told)
					return told
				}
			default:
				c.close() // so that nothing of what is not whole is kept
				<-answer
			}
			c.r.Fail(err)
			return err
		}
		if err := <-answer; err != nil {
			return err
		}
		if result != nil {
			result(c.r)
		}
		return c.r.Err()
	})
	s.release(c, c.good(err))
	return err
}

// An uploading writer writes frames until the daemon answers.
type uploading struct {
	w    *wire.FrameWriter
	done chan struct{} // closed once the daemon has answered
}

// errAnswered is the error of writing after the daemon has answered.
var errAnswered = errors.New("the daemon has answered already")

func (u *uploading) Write(b []byte) (int, error) {
	select {
	case <-u.done:
		return 0, errAnswered
	default:
		return u.w.Write(b)
	}
}

// defaultHandshake is how long a daemon may take to begin a connection.
const defaultHandshake = time.Minute

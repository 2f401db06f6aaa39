package format

// This file defines the stream, which decides when what is written.

import (
	"io"
	"sync"
	"time"

	"github.com/firn-lang/firn/eval/core"
)

// A stream collects text and writes it when there is much of it, or when it has
// been waiting for long. That can be while something is being evaluated, so it is
// up to a timer; what it may write is what was handed over.
type stream struct {
	buf   []byte // what is written to; not handed over yet
	c     *core.Call
	out   io.Writer
	delay time.Duration // below 0 for ever

	mu      sync.Mutex // of what follows
	ready   []byte     // handed over, not written yet
	timer   *time.Timer
	armed   bool // the timer will write what is ready
	started bool // something was written
	err     error
}

// partLen is how much text is written at once, and dealt with between two looks
// at whether evaluation is to stop.
const partLen = 1 << 16

func newStream(c *core.Call, out io.Writer, delay time.Duration) *stream {
	return &stream{c: c, out: out, delay: delay}
}

// flush hands over what there is if it is much.
func (s *stream) flush() error {
	if len(s.buf) < partLen {
		return nil
	}
	if err := s.c.Tick(len(s.buf) >> 9); err != nil {
		return err
	}
	return s.handOver()
}

// handOver makes what there is ready to be written. Who evaluates something that
// may take long calls it before.
func (s *stream) handOver() error {
	if len(s.buf) == 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return s.err
	}
	if len(s.ready)+len(s.buf) >= partLen {
		s.write()
		if s.err == nil {
			s.started = true
			_, s.err = s.out.Write(s.buf)
		}
		s.buf = s.buf[:0]
		return s.err
	}
	s.ready = append(s.ready, s.buf...)
	s.buf = s.buf[:0]
	if s.delay >= 0 && !s.armed {
		s.armed = true
		if s.timer == nil {
			s.timer = time.AfterFunc(s.delay, s.late)
		} else {
			s.timer.Reset(s.delay)
		}
	}
	return nil
}

// late writes what has been waiting.
func (s *stream) late() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.armed {
		s.armed = false
		s.write()
	}
}

// write writes what is ready. It is called with the lock.
func (s *stream) write() {
	if s.err == nil && len(s.ready) > 0 {
		s.started = true
		_, s.err = s.out.Write(s.ready)
	}
	s.ready = s.ready[:0]
}

// close writes the rest. After it, nothing is written any more.
func (s *stream) close() error {
	if err := s.handOver(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.armed = false
	s.write()
	return s.err
}

// abort writes the rest if something was written already, and ends the stream.
func (s *stream) abort() {
	s.mu.Lock()
	started := s.started
	if !started {
		s.armed, s.ready, s.buf = false, nil, nil
	}
	s.mu.Unlock()
	if started {
		_ = s.close() // there is an error already
	}
}

// incomplete says that the text is not complete, as a comment, if it will be seen.
func (s *stream) incomplete() {
	if n := len(s.buf); n > 0 && s.buf[n-1] != '\n' {
		s.buf = append(s.buf, '\n')
	}
	s.buf = append(s.buf, "# incomplete: what follows could not be evaluated\n"...)
}

// release ends the stream whatever happened: nothing is written after it.
func (s *stream) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.armed, s.ready = false, nil
	if s.timer != nil {
		s.timer.Stop()
	}
}

package format

// This file defines where the text of a walker goes, and when.

import (
	"io"
	"sync"
	"time"
)

// A sink takes the text of a walker.
type sink interface {
	// take takes text, and returns what the walker is to append to from now on: text
	// itself, or an empty slice.
	take(text []byte) ([]byte, error)
}

// partLen is how much text is written at once, and dealt with between two looks at
// whether the evaluation is to end. In bytes.
const partLen = 1 << 16

// A stream is a sink that writes text when there is much of it, or when it has been
// waiting for long. That can be while something is being evaluated, so a timer does it;
// it writes what was taken.
type stream struct {
	out   io.Writer
	delay time.Duration // below 0 for ever

	mu      sync.Mutex // of the fields below
	ready   []byte     // taken, not written yet
	timer   *time.Timer
	armed   bool // the timer will write what is ready
	started bool // something was written
	err     error
}

func newStream(out io.Writer, delay time.Duration) *stream {
	return &stream{out: out, delay: delay}
}

// take implements sink. It copies the text.
func (s *stream) take(text []byte) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rest := text[:0]
	if s.err != nil {
		return rest, s.err
	}
	if len(s.ready)+len(text) >= partLen {
		s.write()
		if s.err == nil {
			s.started = true
			_, s.err = s.out.Write(text)
		}
		return rest, s.err
	}
	s.ready = append(s.ready, text...)
	if s.delay >= 0 && !s.armed {
		s.armed = true
		if s.timer == nil {
			s.timer = time.AfterFunc(s.delay, s.late)
		} else {
			s.timer.Reset(s.delay)
		}
	}
	return rest, nil
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

// close writes the rest, which ends in text. After it, nothing is written any more.
func (s *stream) close(text []byte) error {
	if _, err := s.take(text); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.armed = false
	s.write()
	return s.err
}

// abort is close for a text that failed: it writes nothing if nothing was written yet.
func (s *stream) abort(text []byte) {
	s.mu.Lock()
	started := s.started
	if !started {
		s.armed, s.ready = false, nil
	}
	s.mu.Unlock()
	if started {
		_ = s.close(text) // there is an error already
	}
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

// direct is a sink that writes at once.
type direct struct{ out io.Writer }

func (d direct) take(text []byte) ([]byte, error) {
	_, err := d.out.Write(text)
	return text[:0], err
}

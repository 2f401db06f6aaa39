package main

// This file defines the line on a terminal that says that an evaluation goes on.

import (
	"fmt"
	"io"
	"sync"
	"time"
)

const (
	// progressAfter is how long an evaluation may take before the line is shown.
	progressAfter = time.Second
	// redrawEvery is how often the line is shown anew.
	redrawEvery = 250 * time.Millisecond
	// clearLine moves to the beginning of the line, and empties it.
	clearLine = "\r\x1b[K"
)

// A progressLine is the last line of a terminal while an evaluation goes on. What is
// written beside it passes through writers of over, which remove the line first.
type progressLine struct {
	out  io.Writer
	done chan struct{} // closed by stop
	once sync.Once     // closes done
	wait sync.WaitGroup

	mu    sync.Mutex // guards what follows, and the terminal
	shown bool       // the line is there
	last  byte       // of what was written beside it; the line needs a line of its own
}

// progress returns the line of an evaluation, which has not started; nil if there is to
// be none.
func (c *evalCmd) progress(s *streams) *progressLine {
	const width = 60 // of the longest line
	if t := s.terminal(s.err); !t.Is || t.Width < width || c.Quiet || c.Debugger || c.Watch {
		return nil
	}
	return newProgress(s.err)
}

func newProgress(out io.Writer) *progressLine {
	return &progressLine{out: out, done: make(chan struct{}), last: '\n'}
}

// start shows what describe returns, until the line is stopped. Of a nil line it does
// nothing.
func (p *progressLine) start(describe func(time.Duration) string) {
	if p == nil {
		return
	}
	start := time.Now()
	p.wait.Go(func() {
		for next := progressAfter; ; next = redrawEvery {
			select {
			case <-p.done:
				return
			case <-time.After(next):
				p.draw(describe(time.Since(start)))
			}
		}
	})
}

// draw shows the line, unless other output has not ended its line.
func (p *progressLine) draw(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last != '\n' {
		return
	}
	p.shown = true
	io.WriteString(p.out, clearLine+text)
}

// clear removes the line. It is called with the lock.
func (p *progressLine) clear() {
	if p.shown {
		p.shown = false
		io.WriteString(p.out, clearLine)
	}
}

// stop removes the line for good. Of a nil line, or again, it does nothing.
func (p *progressLine) stop() {
	if p == nil {
		return
	}
	p.once.Do(func() { close(p.done) })
	p.wait.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

// over returns a writer to the same terminal; out itself if there is no line.
func (p *progressLine) over(out io.Writer) io.Writer {
	if p == nil {
		return out
	}
	return &besideProgress{p, out}
}

type besideProgress struct {
	line *progressLine
	out  io.Writer
}

// Write implements io.Writer.
func (b *besideProgress) Write(text []byte) (int, error) {
	b.line.mu.Lock()
	defer b.line.mu.Unlock()
	b.line.clear()
	if len(text) > 0 {
		b.line.last = text[len(text)-1]
	}
	return b.out.Write(text)
}

// describeProgress returns what the line says: how long it has taken, and, as far as
// there are any, files that were read and memory of values.
func describeProgress(took time.Duration, files int, bytes uint64) string {
	text := fmt.Sprintf("evaluating: %d s", int(took.Seconds()))
	switch {
	case files == 1:
		text += ", 1 file"
	case files > 1:
		text += fmt.Sprintf(", %d files", files)
	}
	if bytes>>20 > 0 {
		text += fmt.Sprintf(", %d MiB of values", bytes>>20)
	}
	return text
}

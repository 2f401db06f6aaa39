package terminal

// This file defines Progress: the line on a terminal that says that work goes on.

import (
	"io"
	"strings"
	"sync"
	"time"
)

const (
	// progressAfter is how long the work may take before the line is shown.
	progressAfter = time.Second
	// redrawEvery is how often the line is shown anew.
	redrawEvery = 250 * time.Millisecond
	// clearLine moves to the beginning of the line, and empties it.
	clearLine = "\r\x1b[K"
)

// A Progress is the last line of a terminal while work goes on, or several lines. What is written beside it
// passes through writers of Over, which remove the line first.
type Progress struct {
	out  io.Writer
	done chan struct{} // closed by Stop
	once sync.Once     // closes done
	wait sync.WaitGroup

	mu    sync.Mutex // guards what follows, and the terminal
	shown int        // how many lines are there
	last  byte       // of what was written beside it; the line needs a line of its own
}

// NewProgress returns a line that has not started.
func NewProgress(out io.Writer) *Progress {
	return &Progress{out: out, done: make(chan struct{}), last: '\n'}
}

// Start shows what describe returns, until the line is stopped. Of a nil line it does
// nothing.
func (p *Progress) Start(describe func(time.Duration) string) {
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
func (p *Progress) draw(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last != '\n' {
		return
	}
	io.WriteString(p.out, clearLines(p.shown)+text)
	p.shown = 1 + strings.Count(text, "\n")
}

// clearLines returns what empties so many lines, and moves to the beginning of the first.
func clearLines(n int) string { return clearLine + strings.Repeat("\x1b[A"+clearLine, max(n, 1)-1) }

// clear removes the line. It is called with the lock.
func (p *Progress) clear() {
	if p.shown > 0 {
		io.WriteString(p.out, clearLines(p.shown))
		p.shown = 0
	}
}

// Stop removes the line for good. Of a nil line, or again, it does nothing.
func (p *Progress) Stop() {
	if p == nil {
		return
	}
	p.once.Do(func() { close(p.done) })
	p.wait.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

// Over returns a writer to the same terminal; out itself if there is no line.
func (p *Progress) Over(out io.Writer) io.Writer {
	if p == nil {
		return out
	}
	return &besideProgress{p, out}
}

type besideProgress struct {
	line *Progress
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

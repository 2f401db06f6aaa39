package storecmd

// This file defines what is said on a terminal while work goes on.

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
)

// onTerminal reports whether messages go to a terminal on which a line can be shown.
func (e *Env) onTerminal() bool {
	const width = 60 // of the longest line
	t := terminal.Of(e.Err, e.Getenv)
	return t.Is && t.Width >= width
}

// progress shows what describe returns as the last line of the terminal, if there is one,
// until stop is called. Messages stand above it.
func (e *Env) progress(describe func(took time.Duration) string) (stop func()) {
	if !e.onTerminal() {
		return func() {}
	}
	line := terminal.NewProgress(e.Err)
	streams := e.Log.Streams
	beside := *streams
	beside.Err = line.Over(streams.Err)
	e.Log.Streams = &beside
	line.Start(describe)
	return func() {
		line.Stop()
		e.Log.Streams = streams
	}
}

// A counter counts what is done of what there is to do, for a line on a terminal.
type counter struct {
	done atomic.Int64
	stop func() // ends the line
}

// counting shows how many of all things are done. what is what is done with one of them, such
// as "checked".
func (e *Env) counting(what string, all int) *counter {
	c := &counter{}
	c.stop = e.progress(func(took time.Duration) string {
		n := c.done.Load()
		return fmt.Sprintf("%s %d of %d paths%s", what, n, all, left(took, n, int64(all)))
	})
	return c
}

// add says that one more is done.
func (c *counter) add() { c.done.Add(1) }

// left returns ", 1:05 left" for work of which so much is done after some time; "" if that
// cannot be said yet.
func left(took time.Duration, done, all int64) string {
	const certain = 50 // one part in so many tells the speed
	if done < max(all/certain, 1) || done >= all {
		return ""
	}
	rest := time.Duration(float64(took) * float64(all-done) / float64(done)).Round(time.Second)
	text := fmt.Sprintf("%d:%02d", int(rest.Minutes())%60, int(rest.Seconds())%60)
	if h := int(rest.Hours()); h > 0 {
		text = fmt.Sprintf("%d:%02d:%02d", h, int(rest.Minutes())%60, int(rest.Seconds())%60)
	}
	return ", " + text + " left"
}

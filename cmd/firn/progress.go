package main

// This file defines what is said while an evaluation goes on.

import (
	"fmt"
	"time"

	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
)

// progress returns the line that says that an evaluation goes on, which has not started; nil
// if there is to be none.
func (c *evalCmd) progress(s *streams) *terminal.Progress {
	const width = 60 // of the longest line
	if t := s.terminal(s.err); !t.Is || t.Width < width || c.Quiet || c.Debugger || c.Watch {
		return nil
	}
	return terminal.NewProgress(s.err)
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

//go:build js || wasip1

package repl

// This file defines that there are no terminals.

import (
	"errors"
	"io"
)

// A Terminal is a Reader of lines that are edited: there is none here.
type Terminal struct{}

// TerminalOptions are what a Terminal is made with.
type TerminalOptions struct {
	In      io.ReadCloser
	Out     io.Writer
	History string
	Color   bool
}

// NewTerminal returns an error.
func NewTerminal(*Session, TerminalOptions) (*Terminal, error) {
	return nil, errors.New("there are no terminals on this system")
}

// Close does nothing.
func (*Terminal) Close() error { return nil }

// Line implements Reader.
func (*Terminal) Line(bool) (string, error) { return "", io.EOF }

// Remember implements Reader.
func (*Terminal) Remember(string) {}

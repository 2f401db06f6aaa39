// Package terminal says what there is at the other end of a stream.
package terminal

// This file defines questions to a terminal: whether there is one, and its width.

import (
	"io"
	"os"

	"golang.org/x/term"
)

// DefaultWidth is the width of text where there is no terminal, or one that does
// not say how wide it is.
const DefaultWidth = 80

// DefaultHeight is the same for its height.
const DefaultHeight = 24

// A Terminal is what a program knows of where its text goes.
type Terminal struct {
	Is    bool // it is a terminal
	Color bool // and shows colours
	Width int  // in columns; DefaultWidth if that is not known
	// Height is in lines; DefaultHeight if that is not known.
	Height int
}

// Of returns what is known of a stream. getenv looks up the environment: a
// terminal shows no colours if NO_COLOR or NOCOLOR has a value, or TERM is dumb.
func Of(stream any, getenv func(string) string) Terminal {
	t := Terminal{Width: DefaultWidth, Height: DefaultHeight}
	f, ok := stream.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return t
	}
	t.Is = true
	t.Color = getenv("NO_COLOR") == "" && getenv("NOCOLOR") == "" && getenv("TERM") != "dumb"
	if width, height, err := term.GetSize(int(f.Fd())); err == nil && width > 0 && height > 0 {
		t.Width, t.Height = width, height
	}
	return t
}

// Is reports whether a stream is a terminal.
func Is(stream io.Writer) bool { return Of(stream, os.Getenv).Is }

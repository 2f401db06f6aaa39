package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestProgress(t *testing.T) {
	var screen bytes.Buffer
	p := newProgress(&screen)
	p.start(func(time.Duration) string { return "too late" })
	out := p.over(&screen)
	p.draw("1 s")
	p.draw("2 s")
	out.Write([]byte("{\n  a =")) // which clears the line, and does not end its own
	p.draw("3 s")
	out.Write([]byte(" 1;\n"))
	p.draw("4 s")
	p.stop()
	p.stop()
	assert.Equal(t, "\r\x1b[K1 s\r\x1b[K2 s\r\x1b[K{\n  a = 1;\n\r\x1b[K4 s\r\x1b[K", screen.String())

	var none *progressLine
	none.stop()
	assert.Equal(t, &screen, none.over(&screen))
	assert.Equal(t, "evaluating: 12 s, 1 file, 3 MiB of values", describeProgress(12900*time.Millisecond, 1, 3<<20))
	assert.Equal(t, "evaluating: 1 s", describeProgress(time.Second, 0, 1000))
}

package terminal

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestProgress(t *testing.T) {
	var screen bytes.Buffer
	p := NewProgress(&screen)
	p.Start(func(time.Duration) string { return "too late" })
	out := p.Over(&screen)
	p.draw("1 s")
	p.draw("2 s")
	out.Write([]byte("{\n  a =")) // which clears the line, and does not end its own
	p.draw("3 s")
	out.Write([]byte(" 1;\n"))
	p.draw("4 s")
	p.Stop()
	p.Stop()
	assert.Equal(t, "\r\x1b[K1 s\r\x1b[K2 s\r\x1b[K{\n  a = 1;\n\r\x1b[K4 s\r\x1b[K", screen.String())

	screen.Reset()
	p = NewProgress(&screen)
	p.draw("a\nb\nc")
	p.draw("d")
	p.draw("e\nf")
	p.Stop()
	assert.Equal(t, "\r\x1b[Ka\nb\nc\r\x1b[K\x1b[A\r\x1b[K\x1b[A\r\x1b[Kd\r\x1b[Ke\nf\r\x1b[K\x1b[A\r\x1b[K", screen.String())

	var none *Progress
	none.Stop()
	assert.Equal(t, &screen, none.Over(&screen))
}

package repl_test

import (
	"bytes"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A lockedBuffer is output that another goroutine waits for.
type lockedBuffer struct {
	mu   sync.Mutex
	out  bytes.Buffer
	seen int
	fs   changingFS
}

// Write implements io.Writer.
func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.out.Write(p)
}

// wait waits until text is written.
func (b *lockedBuffer) wait(t *testing.T, text string) {
	t.Helper()
	for range 6000 {
		b.mu.Lock()
		i := strings.Index(b.out.String()[b.seen:], text)
		if i >= 0 {
			b.seen += i + len(text)
			b.mu.Unlock()
			return
		}
		b.mu.Unlock()
		time.Sleep(10 * time.Millisecond)
	}
	require.Fail(t, "not written", "%q in %q", text, b.out.String())
}

// A changingFS is a file system in whose place another one can be put.
type changingFS struct {
	mu  sync.Mutex
	now fs.FS
}

func (c *changingFS) set(to fs.FS) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = to
}

// Open implements fs.FS.
func (c *changingFS) Open(name string) (fs.File, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now.Open(name)
}

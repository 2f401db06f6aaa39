package daemon

// This file defines how the contents of an object are compared with its content
// address.

import (
	"errors"
	"fmt"
	"io"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// checkContents returns an archive that ends with an error, in place of its end,
// if its contents do not have the hash of info.CA. The path must follow from that
// already. The caller must close it.
func checkContents(info *store.PathInfo, archive io.Reader) (io.ReadCloser, error) {
	ca := info.CA
	if ca.Method == storepath.NAR && ca.Hash == info.NARHash {
		return io.NopCloser(archive), nil // which the store checks
	}
	if ca.Method == storepath.Git {
		return nil, fmt.Errorf("cannot add path '%s': git hashes are not checked here, and it lacks a signature by a trusted key", info.Path)
	}
	c := &contents{info: info, r: archive, hash: nixhash.NewHasher(ca.Hash.Algo), done: make(chan error, 1)}
	if ca.Method == storepath.NAR {
		c.sink = c.hash
		c.done <- nil
		return c, nil
	}
	r, w := io.Pipe()
	c.sink, c.pipe = w, w
	go func() {
		err := nar.Read(r, &onlyFile{w: c.hash})
		_, _ = io.Copy(io.Discard, r) // what is behind the archive is the store's matter
		c.done <- err
	}()
	return c, nil
}

// A contents hands an archive to what hashes it.
type contents struct {
	info *store.PathInfo
	r    io.Reader
	hash *nixhash.Hasher
	sink io.Writer      // takes the archive
	pipe *io.PipeWriter // to close; nil if sink is hash
	done chan error     // of what reads the pipe
	end  error          // what Read returns at the end; nil before
}

func (c *contents) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	if n > 0 {
		if _, err := c.sink.Write(b[:n]); err != nil {
			return n, err
		}
	}
	if err == io.EOF {
		if c.end == nil {
			c.end = c.check()
		}
		err = c.end
	}
	return n, err
}

// check returns io.EOF if the contents are right.
func (c *contents) check() error {
	if c.pipe != nil {
		c.pipe.Close()
	}
	if err := <-c.done; err != nil {
		return err
	}
	if got := c.hash.Result(); got != c.info.CA.Hash {
		return fmt.Errorf("ca hash mismatch importing path '%s';\n  specified: %s\n  got:       %s", c.info.Path,
			c.info.CA.Hash.Prefixed(nixhash.Nix32), got.Prefixed(nixhash.Nix32))
	}
	return io.EOF
}

// Close ends what reads the archive.
func (c *contents) Close() error {
	if c.pipe != nil {
		c.pipe.CloseWithError(errClosed)
	}
	return nil
}

// errClosed is the error of an archive that the store did not read to its end.
var errClosed = errors.New("closed")

package local

// This file defines the database as a text: what "nix-store --dump-db" prints and
// --load-db reads.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// DumpDB writes what is known of all valid paths of a store in the form that LoadDB
// reads: for each its path, the hash and size of its archive, its deriver, the
// number of its references, and those.
func DumpDB(ctx context.Context, s store.Store, w io.Writer) error {
	bw := bufio.NewWriter(w)
	for path, err := range s.Paths(ctx) {
		if err != nil {
			return err
		}
		info, err := s.Info(ctx, path)
		if errors.Is(err, store.ErrInvalid) {
			continue // collected meanwhile
		}
		if err != nil {
			return err
		}
		if err := WriteRegistration(bw, info, true); err != nil {
			return err
		}
	}
	return bw.Flush()
}

// WriteRegistration writes what is known of a path, with the hash and size of its
// archive or without.
func WriteRegistration(w io.Writer, info *store.PathInfo, hash bool) error {
	b := append([]byte(info.Path), '\n')
	if hash {
		b = append(append(b, info.NARHash.Text(nixhash.Base16)...), '\n')
		b = append(strconv.AppendInt(b, info.NARSize, 10), '\n')
	}
	b = append(append(b, info.Deriver...), '\n')
	b = append(strconv.AppendInt(b, int64(len(info.References)), 10), '\n')
	for _, ref := range info.References {
		b = append(append(b, ref...), '\n')
	}
	_, err := w.Write(b)
	return err
}

// Bounds of what LoadDB reads of one path.
const (
	maxRegistrationLine = 64 << 10
	maxReferences       = 1 << 20
)

// LoadDB makes the paths of a text valid that DumpDB wrote. Their files must be
// in the store directory, but are not looked at, except those of derivations.
func (s *Store) LoadDB(ctx context.Context, r io.Reader) error {
	infos, err := s.ReadRegistrations(r, true)
	if err != nil {
		return err
	}
	return keeper{s}.Register(ctx, infos)
}

// ReadRegistrations reads what WriteRegistration wrote of several paths. Without
// a hash in the text, the archives of the paths are hashed.
func (s *Store) ReadRegistrations(r io.Reader, hash bool) ([]*store.PathInfo, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxRegistrationLine)
	next := func() (string, error) {
		if lines.Scan() {
			return lines.Text(), nil
		}
		if err := lines.Err(); err != nil {
			return "", err
		}
		return "", io.ErrUnexpectedEOF
	}
	var infos []*store.PathInfo
	for lines.Scan() && lines.Text() != "" {
		p, err := s.dir.Parse(lines.Text())
		if err != nil {
			return nil, err
		}
		info := &store.PathInfo{Path: s.dir.Text(p)}
		if err := s.readRegistration(info, hash, next); err != nil {
			return nil, fmt.Errorf("reading what is known of '%s': %w", info.Path, err)
		}
		infos = append(infos, info)
	}
	return infos, lines.Err()
}

// readRegistration reads the lines behind the path of info.
func (s *Store) readRegistration(info *store.PathInfo, hash bool, next func() (string, error)) error {
	if hash {
		text, err := next()
		if err != nil {
			return err
		}
		if info.NARHash, err = nixhash.ParseDigest(text, nixhash.SHA256); err != nil {
			return err
		}
		if text, err = next(); err != nil {
			return err
		}
		if info.NARSize, err = strconv.ParseInt(text, 10, 64); err != nil || info.NARSize < 0 {
			return fmt.Errorf("size '%s' is no number of bytes", text)
		}
	}
	var err error
	if info.Deriver, err = next(); err != nil {
		return err
	}
	text, err := next()
	if err != nil {
		return err
	}
	count, err := strconv.Atoi(text)
	if err != nil || count < 0 || count > maxReferences {
		return fmt.Errorf("'%s' is no number of references", text)
	}
	for range count {
		ref, err := next()
		if err != nil {
			return err
		}
		p, err := s.dir.Parse(ref)
		if err != nil {
			return err
		}
		info.References = append(info.References, s.dir.Text(p))
	}
	if hash {
		return nil
	}
	if _, err := os.Lstat(s.RealPath(info.Path)); err != nil {
		return err
	}
	got, err := hashFiles(context.Background(), s.RealPath(info.Path))
	info.NARHash, info.NARSize = got.hash, got.size
	return err
}

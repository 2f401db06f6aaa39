package build

// This file defines the search for references: which of a set of hash parts are in what a
// builder wrote.

// hashLen is how many characters the hash part of a store path has.
const hashLen = 32

// A scanner is written to, and remembers which hash parts it has seen, wherever they stood.
type scanner struct {
	wanted map[string]string // store paths, by hash parts
	found  map[string]bool   // store paths
	held   []byte            // the last bytes, which may be the beginning of a hash part
}

// newScanner returns a scanner for store paths, whose hash parts begin at a position.
func newScanner(paths map[string]bool, at int) *scanner {
	s := &scanner{wanted: make(map[string]string, len(paths)), found: map[string]bool{}}
	for p := range paths {
		s.wanted[p[at:at+hashLen]] = p
	}
	return s
}

// nix32Chars says which bytes a hash part may have.
var nix32Chars = func() (set [256]bool) {
	for _, c := range "0123456789abcdfghijklmnpqrsvwxyz" {
		set[c] = true
	}
	return set
}()

// Write implements io.Writer.
func (s *scanner) Write(p []byte) (int, error) {
	if n := len(s.held); n > 0 {
		// What begins in the bytes that were held ends in these.
		head := min(len(p), hashLen-1)
		s.held = append(s.held, p[:head]...)
		s.search(s.held)
		if head < hashLen-1 {
			s.held = s.held[max(0, len(s.held)-(hashLen-1)):]
			return len(p), nil
		}
		s.held = s.held[:0]
	}
	s.search(p)
	s.held = append(s.held[:0], p[max(0, len(p)-(hashLen-1)):]...)
	return len(p), nil
}

// search looks for hash parts in bytes. It looks at the last character of a place first:
// if that cannot be in a hash part, no place that has it needs to be looked at.
func (s *scanner) search(p []byte) {
	for i := 0; i+hashLen <= len(p); {
		j := hashLen - 1
		for j >= 0 && nix32Chars[p[i+j]] {
			j--
		}
		if j >= 0 {
			i += j + 1
			continue
		}
		if path, ok := s.wanted[string(p[i:i+hashLen])]; ok {
			s.found[path] = true
		}
		i++
	}
}

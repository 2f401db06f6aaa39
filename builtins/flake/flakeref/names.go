package flakeref

// This file defines which names are well-formed.

import "strings"

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

// isRevision reports whether s is the hash of a commit.
func isRevision(s string) bool {
	for i := range len(s) {
		if !isHex(s[i]) {
			return false
		}
	}
	return len(s) == 40
}

// IsID reports whether s can be the name of an input, and of a flake in the registry.
func IsID(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && (i == 0 || !isDigit(c) && c != '_' && c != '-') {
			return false
		}
	}
	return s != ""
}

// isRef reports whether s looks like a branch or tag.
func isRef(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isLetter(c) && !isDigit(c) && c != '@' && (i == 0 || strings.IndexByte("_./+-", c) < 0) {
			return false
		}
	}
	return s != ""
}

// matchID splits ID, ID/REF, ID/REV or ID/REF/REV, and the fragment.
func matchID(text string) (path []string, fragment string, ok bool) {
	text, fragment, hasFragment := strings.Cut(text, "#")
	id, rest, more := strings.Cut(text, "/")
	if !IsID(id) || more && !isRef(rest) {
		return nil, "", false
	}
	if hasFragment && !valid(fragment, pathChars+"\"/? ^") {
		return nil, "", false
	}
	return strings.Split(text, "/"), fragment, true
}

// isRefName reports whether Git takes s for the name of a branch or tag, or for
// a whole reference.
func isRefName(s string) bool {
	if s == "@" || s == "HEAD" {
		return s == "HEAD"
	}
	if strings.ContainsAny(s, "~^:\\?*[\x7f") || strings.Contains(s, "..") || strings.Contains(s, "@{") || strings.HasSuffix(s, ".") {
		return false
	}
	for i := range len(s) {
		if s[i] <= ' ' {
			return false
		}
	}
	parts := strings.Split(s, "/")
	for _, part := range parts {
		if part == "" || part[0] == '.' || strings.HasSuffix(part, ".lock") {
			return false
		}
	}
	return s[0] != '-' || len(parts) > 1
}

package lang

// This file defines how names and strings are written in source text: which names
// need quotes, and what is escaped within them.

// IsIdentifier reports whether name can be written without quotes, as a variable or
// an attribute: it begins with a letter or _, goes on with letters, digits and _'-,
// and is no keyword. The name or is an identifier.
func IsIdentifier(name string) bool {
	if name == "" || isReserved(name) || !is(name[0], charLetter) && name[0] != '_' {
		return false
	}
	for i := 1; i < len(name); i++ {
		if !is(name[i], charIdent) {
			return false
		}
	}
	return true
}

// QuoteName returns name as it is written in an attribute path: as it is if it is an
// identifier, as a string literal if not.
func QuoteName(name string) string {
	if IsIdentifier(name) {
		return name
	}
	return Quote(name)
}

// AppendName appends name as QuoteName returns it.
func AppendName(dst []byte, name string) []byte {
	if IsIdentifier(name) {
		return append(dst, name...)
	}
	return AppendQuoted(dst, name)
}

// Quote returns s as a string literal. Bytes without an escape stay as they are.
func Quote(s string) string { return string(AppendQuoted(make([]byte, 0, len(s)+2), s)) }

// AppendQuoted appends s as Quote returns it.
func AppendQuoted(dst []byte, s string) []byte {
	return append(AppendEscaped(append(dst, '"'), s, 0, len(s)), '"')
}

// AppendEscaped appends s[from:to] as part of a string literal, without the quotes
// around it. The bytes after to matter: a $ is escaped if a { follows.
func AppendEscaped(dst []byte, s string, from, to int) []byte {
	start := from // of the bytes that are not appended yet
	for i := from; i < to; i++ {
		escape := s[i]
		switch escape {
		case '"', '\\':
		case '\n':
			escape = 'n'
		case '\r':
			escape = 'r'
		case '\t':
			escape = 't'
		case '$':
			if i+1 >= len(s) || s[i+1] != '{' {
				continue
			}
		default:
			continue
		}
		dst = append(append(dst, s[start:i]...), '\\', escape)
		start = i + 1
	}
	return append(dst, s[start:to]...)
}

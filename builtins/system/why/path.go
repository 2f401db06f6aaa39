package why

// This file defines how paths of attributes are written, and taken apart.

import (
	"strings"

	"github.com/firn-lang/firn/lang"
)

// JoinPath returns a path as it is written in the language: a."b.c".d.
func JoinPath(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = lang.QuoteName(n)
	}
	return strings.Join(quoted, ".")
}

// SplitPath returns the names of a path that JoinPath has written.
func SplitPath(path string) (names []string) {
	for path != "" {
		if path[0] != '"' {
			name, rest, _ := strings.Cut(path, ".")
			names, path = append(names, name), rest
			continue
		}
		var name strings.Builder
		i := 1
		for ; i < len(path) && path[i] != '"'; i++ {
			if path[i] == '\\' && i+1 < len(path) {
				i++
				switch path[i] {
				case 'n':
					name.WriteByte('\n')
					continue
				case 'r':
					name.WriteByte('\r')
					continue
				case 't':
					name.WriteByte('\t')
					continue
				}
			}
			name.WriteByte(path[i])
		}
		names = append(names, name.String())
		path = strings.TrimPrefix(path[min(i+1, len(path)):], ".")
	}
	return names
}

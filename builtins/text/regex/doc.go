// Package regex is the regular expressions of builtins.match and
// builtins.split.
//
// The reference uses the POSIX extended grammar of libstdc++'s std::regex, in
// the C locale and byte by byte. No other library agrees with it on what is
// accepted, on which match wins and on what the groups hold, so this package
// defines the language by what that library does:
//
//   - A choice is tried from left to right. For builtins.match the first way
//     to match the whole text wins, hence (a|ab)(c|bcd)(d*) on "abcd" has the
//     groups "a", "bcd" and "".
//   - A search (builtins.split) takes the leftmost start. There, | tries both
//     sides and the longer match wins, the earlier one on a tie; but ?, *, +
//     and {} try to stop only if going on led to no match at all. So a|ab on
//     "ab" finds "ab", and a?(ab)? finds only "a".
//   - The body of a repetition may be entered at most twice at the same
//     position. So (a*)* on "aa" ends with the group "".
//   - A group keeps what it matched last, also from an earlier iteration.
//   - ^ holds at the start of the text only, $ at its end only; both may stand
//     anywhere. A dot does not match the byte 0. Bytes from 0x80 on count as
//     negative in the order of a range such as [a-z], as on x86.
//
// The words used here:
//
//	pattern     the source text of a regular expression
//	node        a state of the automaton that the pattern describes
//	entry       a node where matching goes on after a byte was consumed
//	closure     what is reachable from an entry without consuming a byte: a
//	            tree of choices whose leaves consume a byte or accept
//	row         the closure of an entry, pruned for each class of bytes
//
// # Time and space
//
// The reference explores all ways, which takes exponential time for some
// patterns. But what an entry leads to at a position does not depend on the
// way there, so here it is remembered: a match, and a whole split, takes time
// and space linear in the text. The memory is used only after a fixed number
// of steps, which most matches never reach.
//
// The answers differ from the reference's in these cases:
//
//   - A search with a | whose closure has more than maxClosure ways. Further
//     ways to the same leaf are dropped then, which can change the end and the
//     groups of a match, but not where it starts.
//     It takes nested repetitions of empty things: ((a{0,2}*|b?+)*|){2}*.
//   - A match or search where the first ways cannot be found in maxVisits
//     steps. Then the first way to each node counts, which can change groups.
//     The reference takes as many steps, at each position.
//   - Pattern and text need more rows (maxInsts) or memory (maxPages) than
//     allowed: that is the error for the memory limit.
//
// # Use
//
// Call [Compile], or [Cache.Get] to share the compiled patterns, then
// [Regexp.Match], [Regexp.Find] or [Regexp.Iter].
package regex

# L6: empty strings
x: [ "" '''' "${x}" "${"" }" "${x}${x}" ]

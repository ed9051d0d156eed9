/* Draws the plots from the numbers in the data block. The tables stand in the page already. */
(function () {
  'use strict';

  // Okabe and Ito's palette, which people with any colour vision can tell apart. Each role has a
  // shape, a pattern or a label besides. What is a variable is lighter in the dark.
  var ROLES = {
    good: 'var(--blue)', other: 'var(--sky)', warn: '#E69F00', bad: '#D55E00', rejected: '#CC79A7', none: 'var(--grey)',
    'risk-low': '#56B4E9', 'risk-low-medium': '#F0E442', 'risk-medium': '#E69F00', 'risk-high': '#D55E00'
  };
  var MORE = ['var(--sky)', '#F0E442', 'var(--green)'];
  var LINES = ['var(--blue)', '#D55E00', 'var(--green)'];
  var SYMBOLS = ['circle', 'diamond', 'triangle'];
  var INK = 'var(--ink)', SOFT = 'var(--soft)', LINE = 'var(--line)';
  var HATCHED = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: 'rgba(0,0,0,0.55)' };
  var DOTTED = { symbol: 'circle', symbolSize: 0.5, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], color: 'rgba(0,0,0,0.45)' };

  // The plots' font is named, not inherited: the widths of their texts are measured with it.
  var FONT = window.getComputedStyle(document.body).fontFamily;
  var measure = document.createElement('canvas').getContext('2d');

  function escaped(text) {
    return echarts.format.encodeHTML(String(text));
  }

  function counted(n) {
    return n === null || n === undefined ? '' : Number(n).toLocaleString('en-US', { maximumFractionDigits: 3 });
  }

  function short(n) {
    var size = Math.abs(n);
    return size >= 1e9 ? n / 1e9 + ' G' : size >= 1e6 ? n / 1e6 + ' M' : size >= 1e4 ? n / 1e3 + ' k' : String(n);
  }

  function base() {
    return {
      animation: false,
      useUTC: true,
      textStyle: { color: INK, fontFamily: FONT },
      tooltip: {
        confine: true, backgroundColor: 'var(--panel)', borderColor: LINE,
        textStyle: { color: INK, fontSize: 13, fontFamily: FONT }
      }
    };
  }

  function axis(type, name, more) {
    return Object.assign({
      type: type, name: name, nameLocation: 'middle',
      nameTextStyle: { color: SOFT, fontSize: 12 },
      axisLabel: { color: INK, fontSize: 12, hideOverlap: true },
      axisLine: { lineStyle: { color: SOFT } }, axisTick: { lineStyle: { color: SOFT } },
      splitLine: { lineStyle: { color: LINE } }
    }, more || {});
  }

  function legend(names) {
    return {
      data: names, top: 0, left: 0, type: 'scroll', itemWidth: 18, itemHeight: 12,
      textStyle: { color: INK }, inactiveColor: SOFT, pageTextStyle: { color: INK }, pageIconColor: SOFT
    };
  }

  /** The width of the longest of the labels, within bounds. */
  function room(labels, most) {
    measure.font = '12px ' + FONT;
    var longest = labels.reduce(function (a, b) { return Math.max(a, measure.measureText(b).width); }, 0);
    return Math.min(most, 16 + longest);
  }

  function bars(spec, width) {
    var names = spec.categories.map(function (c) { return c.name; });
    var ends = spec.categories.map(function (c) { return c.end || ''; });
    var totals = names.map(function (_, i) {
      return spec.series.reduce(function (sum, s) { return sum + s.values[i]; }, 0);
    });
    var several = spec.series.length > 1 || spec.line;
    var others = 0;
    var series = spec.series.map(function (s) {
      var style = { color: s.role === 'other' ? MORE[others++ % MORE.length] : ROLES[s.role], borderColor: 'var(--panel)', borderWidth: spec.series.length > 1 ? 0.5 : 0 };
      if (s.role === 'rejected') {
        style.decal = HATCHED;
      } else if (s.role === 'bad') {
        style.decal = DOTTED;
      }
      return {
        name: s.name, type: 'bar', stack: 'all', barMaxWidth: 26, barCategoryGap: '25%',
        itemStyle: style, emphasis: { disabled: true },
        data: s.values.map(function (v, j) {
          return spec.share ? (totals[j] ? 100 * v / totals[j] : 0) : v;
        })
      };
    });
    if (spec.line) {
      series.push({
        name: spec.line.name, type: 'line', data: spec.line.values, symbol: 'diamond', symbolSize: 6,
        lineStyle: { color: INK, width: 1.5, type: 'dashed' }, itemStyle: { color: INK }, emphasis: { disabled: true }
      });
    }
    var narrow = width < 560;
    var left = spec.horizontal ? room(names, narrow ? width * 0.36 : 300) : 62;
    var right = spec.horizontal ? room(ends, narrow ? width * 0.3 : 330) + 6 : 16;
    var hasEnds = ends.some(function (e) { return e; });
    var category = axis('category', spec.horizontal ? '' : spec.categoryName, {
      data: names, inverse: !!spec.horizontal, nameGap: 30,
      axisLabel: spec.horizontal
        ? { color: INK, fontSize: 12, width: left - 12, overflow: 'truncate', interval: 0 }
        : { color: INK, fontSize: 12, hideOverlap: true }
    });
    var value = axis('value', spec.valueName, {
      max: spec.share ? 100 : null, min: 0, splitNumber: spec.horizontal ? Math.max(2, Math.min(5, Math.round((width - left - right) / 75))) : 5, nameGap: spec.horizontal ? 28 : 46, minInterval: spec.share ? null : 1,
      axisLabel: { color: INK, fontSize: 12, hideOverlap: true, formatter: function (v) { return short(v); } }
    });
    var option = base();
    option.legend = several ? legend(series.map(function (s) { return s.name; })) : undefined;
    option.grid = { left: left, right: hasEnds ? right : 16, top: several ? 34 : 8, bottom: spec.horizontal ? 46 : 50 };
    option.xAxis = spec.horizontal ? value : category;
    option.yAxis = spec.horizontal ? category : value;
    if (spec.horizontal && hasEnds) {
      option.yAxis = [category, {
        type: 'category', data: ends, inverse: true, position: 'right', axisLine: { show: false }, axisTick: { show: false },
        axisLabel: { color: INK, fontSize: 12, width: right - 12, overflow: 'truncate', interval: 0 }
      }];
    }
    option.tooltip.trigger = 'axis';
    option.tooltip.axisPointer = { type: 'shadow' };
    option.tooltip.formatter = function (items) {
      var i = items[0].dataIndex;
      var lines = ['<b>' + escaped(names[i]) + '</b>'];
      spec.series.forEach(function (s) {
        if (s.values[i]) {
          lines.push(escaped(s.name) + ': ' + counted(s.values[i])
            + (spec.share && totals[i] ? ' (' + counted(100 * s.values[i] / totals[i]) + ' %)' : ''));
        }
      });
      if (spec.line) { lines.push(escaped(spec.line.name) + ': ' + counted(spec.line.values[i])); }
      return lines.join('<br>');
    };
    option.series = series;
    return { option: option, height: spec.horizontal ? names.length * 30 + (several ? 96 : 66) : 320 };
  }

  function strip(spec, width) {
    var option = base();
    var narrow = width < 560;
    var left = room(spec.rows, narrow ? width * 0.3 : 220);
    var colours = [ROLES['risk-low'], ROLES['risk-low-medium'], ROLES['risk-medium'], ROLES['risk-high']];
    var cell = (width - left - 16) / Math.max(1, spec.columns.length);
    option.grid = { left: left, right: 16, top: 34, bottom: 52 };
    option.xAxis = axis('category', spec.columnName, {
      data: spec.columns, nameGap: 32, splitLine: { show: false },
      axisLabel: { color: INK, fontSize: 11, hideOverlap: true, interval: 'auto' }
    });
    option.yAxis = axis('category', '', {
      data: spec.rows, inverse: true, splitLine: { show: true, lineStyle: { color: LINE } },
      axisLabel: { color: INK, fontSize: 12, width: left - 12, overflow: 'truncate', interval: 0 }
    });
    option.legend = legend(spec.risks.map(function (r) { return r + ' risk'; }));
    option.series = spec.risks.map(function (risk, r) {
      return {
        name: risk + ' risk', type: 'custom', itemStyle: { color: colours[r] }, encode: { x: 0, y: 1 },
        data: spec.cells.filter(function (c) { return c[3] === r; }),
        renderItem: function (params, api) {
          var at = api.coord([api.value(0), api.value(1)]);
          var size = api.size([1, 1]);
          var w = Math.max(1, size[0] - 1), h = Math.max(2, size[1] - 3);
          var score = api.value(2);
          var fill = score === 0 ? 'var(--calm-cell)' : colours[r];
          var children = [{
            type: 'rect', shape: { x: at[0] - size[0] / 2 + 0.5, y: at[1] - h / 2, width: w, height: h }, style: { fill: fill }
          }];
          if (cell >= 11 && score > 0) {
            children.push({
              type: 'text', silent: true,
              style: { x: at[0], y: at[1], text: String(score), align: 'center', verticalAlign: 'middle',
                fill: '#000000', fontSize: cell >= 15 ? 11 : 9, fontWeight: r >= 2 ? 'bold' : 'normal' }
            });
          }
          return { type: 'group', children: children };
        }
      };
    });
    option.tooltip.formatter = function (item) {
      var c = item.value;
      return '<b>' + escaped(spec.rows[c[1]]) + '</b><br>' + escaped(spec.columns[c[0]]) + '<br>'
        + escaped(spec.scoreName) + ' ' + c[2] + ', ' + escaped(spec.risks[c[3]]) + ' risk';
    };
    return { option: option, height: spec.rows.length * 22 + 96 };
  }

  function scoreColour(panel, score) {
    if (!panel.lines || !panel.lines.length) { return ROLES.good; }
    return score >= panel.lines[1] ? ROLES['risk-high'] : score >= panel.lines[0] ? ROLES['risk-medium'] : ROLES['risk-low'];
  }

  function trends(spec) {
    var option = base();
    var panelHeight = 84, gap = 30, top = 28;
    option.grid = []; option.xAxis = []; option.yAxis = []; option.series = [];
    option.title = [];
    var named = [];
    spec.panels.forEach(function (panel, p) {
      var y = top + p * (panelHeight + gap);
      option.grid.push({ left: 54, right: 14, top: y, height: panelHeight });
      var lastPanel = p === spec.panels.length - 1;
      option.xAxis.push({
        type: 'time', gridIndex: p, min: spec.from, max: spec.to,
        axisLabel: {
          show: lastPanel, color: INK, fontSize: 11, hideOverlap: true,
          formatter: { year: '{yyyy}', month: '{d} {MMM}', day: '{d} {MMM}', hour: '{HH}:{mm}', minute: '{HH}:{mm}', none: '{HH}:{mm}' }
        },
        axisLine: { onZero: false, lineStyle: { color: SOFT } }, axisTick: { show: lastPanel, lineStyle: { color: SOFT } },
        splitLine: { show: true, lineStyle: { color: LINE } },
        name: lastPanel ? 'time (UTC)' : '', nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: SOFT }
      });
      option.yAxis.push({
        type: 'value', gridIndex: p, scale: !panel.bars, splitNumber: 3, min: panel.bars ? 0 : null, max: panel.unit === '%' ? 100 : null,
        minInterval: panel.bars ? 1 : null,
        axisLabel: { color: INK, fontSize: 11 }, splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: SOFT } }
      });
      option.title.push({
        text: panel.name + ' (' + panel.unit + ')', left: 54, top: y - 18, padding: 0,
        textStyle: { fontSize: 12, fontWeight: 600, color: INK }
      });
      panel.series.forEach(function (s, i) {
        var colour = panel.bars ? ROLES.bad : LINES[i % LINES.length];
        var item = {
          name: s.name, xAxisIndex: p, yAxisIndex: p, itemStyle: { color: colour }, emphasis: { disabled: true },
          data: s.points.map(function (q) {
            return panel.bars ? { value: [q[0], q[1]], itemStyle: { color: scoreColour(panel, q[1]) } } : [q[0], q[1]];
          })
        };
        if (panel.bars) {
          item.type = 'bar'; item.barMaxWidth = 8; item.barMinWidth = 1.5;
          if (panel.lines && panel.lines.length) {
            item.markLine = {
              silent: true, symbol: 'none', lineStyle: { color: SOFT, type: 'dashed' },
              data: panel.lines.map(function (v, k) {
                return {
                  yAxis: v,
                  label: { color: INK, backgroundColor: 'var(--panel)', padding: [1, 3], fontSize: 10, position: k ? 'insideStartTop' : 'insideStartBottom', formatter: (k ? 'high: ' : 'medium: ') + v + ' or more' }
                };
              })
            };
          }
        } else {
          item.type = 'line'; item.lineStyle = { width: 1.2, color: colour };
          item.symbol = SYMBOLS[i % SYMBOLS.length]; item.symbolSize = 3.5; item.showAllSymbol = true;
          if (i === 0 && panel.band) {
            item.markArea = { silent: true, itemStyle: { color: 'var(--band)' }, data: [[{ yAxis: panel.band[0] }, { yAxis: panel.band[1] }]] };
          }
          option.series.push({
            type: 'custom', name: s.name, xAxisIndex: p, yAxisIndex: p, silent: true, tooltip: { show: false },
            itemStyle: { color: colour }, encode: { x: 0, y: [1, 2] },
            data: s.points.filter(function (q) { return q.length === 4 && q[3] > q[2]; }).map(function (q) { return [q[0], q[2], q[3]]; }),
            renderItem: function (params, api) {
              var low = api.coord([api.value(0), api.value(1)]), high = api.coord([api.value(0), api.value(2)]);
              return { type: 'line', shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] }, style: { stroke: colour, lineWidth: 1, opacity: 0.55 } };
            }
          });
        }
        if (panel.series.length > 1) { named.push({ name: s.name, icon: SYMBOLS[i % SYMBOLS.length] }); }
        option.series.push(item);
      });
    });
    if (named.length) {
      option.legend = { data: named, top: 0, right: 8, itemWidth: 10, itemHeight: 10, selectedMode: false, textStyle: { color: INK, fontSize: 11 } };
    }
    option.axisPointer = { link: [{ xAxisIndex: 'all' }], lineStyle: { color: SOFT } };
    option.tooltip.trigger = 'axis';
    option.tooltip.formatter = function (items) {
      var lines = [escaped(new Date(items[0].value[0]).toISOString().slice(0, 16).replace('T', ' ')) + ' UTC'];
      items.forEach(function (i) {
        if (i.seriesType !== 'custom' && i.value[1] !== null) { lines.push(escaped(i.seriesName) + ': ' + counted(i.value[1])); }
      });
      return lines.join('<br>');
    };
    return { option: option, height: top + spec.panels.length * (panelHeight + gap) + 16 };
  }

  function ranked(spec) {
    var option = base();
    option.grid = { left: 62, right: 24, top: 12, bottom: 50 };
    option.xAxis = axis('value', spec.rankName, { nameGap: 30, min: 0, minInterval: 1, splitLine: { show: false } });
    option.yAxis = axis('value', spec.valueName, { nameGap: 46, scale: true });
    var values = spec.points.map(function (q) { return q[1]; });
    var pixel = (Math.max.apply(null, values) - Math.min.apply(null, values) || 1) / 250;
    var above = { left: Infinity, right: Infinity };
    var shifts = {};
    // Labels of points that lie at one height stand one below the other.
    spec.points.filter(function (q) { return q[3] === 2; }).sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; }).forEach(function (q) {
      var side = sideOf(q);
      var height = Math.min(q[1], above[side] - 13 * pixel);
      shifts[q[0]] = (q[1] - height) / pixel;
      above[side] = height;
    });
    function sideOf(q) {
      return q[0] > spec.points[spec.points.length - 1][0] / 2 ? 'left' : 'right';
    }
    var series = {
      type: 'scatter', symbolSize: function (v) { return v[3] ? 9 : 6; }, emphasis: { disabled: true },
      data: spec.points.map(function (q) {
        return {
          value: q, symbol: q[3] ? 'diamond' : 'circle', itemStyle: { color: q[3] ? ROLES.bad : ROLES.good },
          label: { show: q[3] === 2, position: sideOf(q), offset: [0, shifts[q[0]] || 0], color: INK, fontSize: 11, formatter: function () { return q[2]; } }
        };
      }),
      markLine: { silent: true, symbol: 'none', lineStyle: { color: INK, type: 'dashed', width: 1 }, label: { show: false }, data: [{ yAxis: spec.median }] }
    };
    if (spec.low !== undefined) {
      series.markArea = { silent: true, itemStyle: { color: 'var(--shade)' }, data: [[{ yAxis: spec.low }, { yAxis: spec.high }]] };
    }
    option.tooltip.formatter = function (item) {
      return '<b>' + escaped(item.value[2]) + '</b><br>' + escaped(spec.valueName) + ': ' + counted(item.value[1]);
    };
    option.series = [series];
    return { option: option, height: 320 };
  }

  function quantiles(spec) {
    var option = base();
    var most = 0;
    spec.series.forEach(function (s) { s.points.forEach(function (q) { most = Math.max(most, q[0]); }); });
    option.legend = legend(spec.series.map(function (s) { return s.name; }));
    option.grid = { left: 58, right: 20, top: 34, bottom: 50 };
    option.xAxis = axis('value', spec.xName, { nameGap: 30, min: 0, max: Math.ceil(most) });
    option.yAxis = axis('value', spec.yName, {
      nameGap: 40, min: 0, max: function (extent) { return Math.ceil(Math.max(extent.max, most)); }
    });
    option.series = spec.series.map(function (s, i) {
      return {
        name: s.name, type: 'scatter', symbol: SYMBOLS[i], symbolSize: 6, itemStyle: { color: LINES[i], opacity: 0.85 },
        emphasis: { disabled: true }, data: s.points,
        markLine: i ? undefined : {
          silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: INK, type: 'dashed' },
          data: [[{ coord: [0, 0] }, { coord: [most, most] }]]
        }
      };
    });
    option.tooltip.formatter = function (item) {
      return escaped(item.seriesName) + '<br>expected ' + counted(item.value[0]) + '<br>observed ' + counted(item.value[1]);
    };
    return { option: option, height: 340 };
  }

  var KINDS = { bars: bars, strip: strip, trends: trends, ranked: ranked, quantiles: quantiles };

  /** Lets the plot shrink with the paper when it is printed. */
  function scalable(element) {
    var svg = element.querySelector('svg');
    if (svg) {
      svg.setAttribute('viewBox', '0 0 ' + svg.getAttribute('width') + ' ' + svg.getAttribute('height'));
      svg.setAttribute('aria-hidden', 'true');
    }
  }

  function draw(element, spec) {
    var width = element.clientWidth || 600;
    var made = KINDS[spec.kind](spec, width);
    element.style.height = made.height + 'px';
    var chart = echarts.getInstanceByDom(element);
    if (chart) {
      chart.resize();
    } else {
      chart = echarts.init(element, null, { renderer: 'svg' });
    }
    chart.setOption(made.option, true);
    element.setAttribute('data-drawn', String(width));
    scalable(element);
  }

  var specs = JSON.parse(document.getElementById('data').textContent);
  var waiting = Array.prototype.slice.call(document.querySelectorAll('.plot'));

  function make(name, text, attributes) {
    var element = document.createElement(name);
    if (text) { element.textContent = text; }
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    return element;
  }

  function tableOf(title, columns, rows) {
    var scroll = make('div', '', { 'class': 'scroll', tabindex: '0', role: 'region', 'aria-label': title });
    var table = make('table'), head = make('tr'), body = make('tbody'), top = make('thead');
    table.appendChild(make('caption', title));
    columns.forEach(function (c) { head.appendChild(make('th', c.name, c.numeric ? { scope: 'col', 'class': 'n' } : { scope: 'col' })); });
    top.appendChild(head);
    table.appendChild(top);
    rows.forEach(function (row) {
      var line = make('tr');
      row.forEach(function (cell, i) { line.appendChild(make('td', String(cell), columns[i].numeric ? { 'class': 'n' } : {})); });
      body.appendChild(line);
    });
    table.appendChild(body);
    scroll.appendChild(table);
    return scroll;
  }

  function columns(texts, numbers) {
    return texts.map(function (t) { return { name: t, numeric: false }; })
      .concat(numbers.map(function (t) { return { name: t, numeric: true }; }));
  }

  function minute(time) {
    return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
  }

  /** The numbers of a subject's plot, a row for each span that has one. */
  function courseTable(page, title) {
    var all = columns(['From (UTC)'], []), rows = {};
    page.panels.forEach(function (panel) {
      panel.series.forEach(function (s) {
        all.push({ name: panel.bars ? s.name : s.name + ' (' + panel.unit + ')', numeric: true });
        s.points.forEach(function (q) {
          if (q[1] !== null) {
            rows[q[0]] = rows[q[0]] || [minute(page.start + q[0] * page.step)];
            rows[q[0]][all.length - 1] = counted(q[1]);
          }
        });
      });
    });
    return tableOf(title, all, Object.keys(rows).map(Number).sort(function (a, b) { return a - b; }).map(function (at) {
      return all.map(function (_, i) { return rows[at][i] === undefined ? '' : rows[at][i]; });
    }));
  }

  function trendsOf(page) {
    return {
      kind: 'trends', from: page.start, to: page.start + page.count * page.step,
      panels: page.panels.map(function (panel) {
        return Object.assign({}, panel, {
          series: panel.series.map(function (s) {
            return {
              name: s.name,
              points: s.points.map(function (q) {
                var at = page.start + q[0] * page.step + page.step / 2;
                return q[1] === null ? [at + 1, null] : [at].concat(q.slice(1));
              })
            };
          })
        });
      })
    };
  }

  /** Shows one page in the article of its block. */
  function show(block, page) {
    var article = block.querySelector('article');
    var old = article.querySelector('.plot');
    if (old && echarts.getInstanceByDom(old)) { echarts.getInstanceByDom(old).dispose(); }
    article.textContent = '';
    var heading = block.id + '-heading', how = block.id + '-plot-how';
    article.setAttribute('aria-labelledby', heading);
    article.appendChild(make('h4', 'Subject ' + page.name, { id: heading }));
    var figures = make('dl', '', { 'class': 'figures' });
    page.figures.forEach(function (f) {
      var one = make('div');
      one.appendChild(make('dt', f[0]));
      one.appendChild(make('dd', f[1]));
      figures.appendChild(one);
    });
    article.appendChild(figures);
    if (page.panels.length) {
      var figure = make('figure');
      figure.appendChild(make('figcaption', 'Course of subject ' + page.name));
      figure.appendChild(make('p', 'Points are means over ' + page.stepText + ', thin lines reach from the least to the greatest value; '
        + 'shaded is what NEWS2 gives no points (of the pressures: the systolic). Times are UTC.', { 'class': 'how', id: how }));
      var plot = make('div', '', {
        'class': 'plot', id: block.id + '-plot', role: 'img', 'aria-describedby': how,
        'aria-label': 'Plot: Course of subject ' + page.name + '. The table below has the same numbers.'
      });
      figure.appendChild(plot);
      var details = make('details');
      details.appendChild(make('summary', 'The numbers as a table'));
      details.appendChild(courseTable(page, 'Subject ' + page.name + ': means over ' + page.stepText + ' and worst score'));
      figure.appendChild(details);
      article.appendChild(figure);
      draw(plot, specs[plot.id] = trendsOf(page));
    }
    if (page.kinds.length) {
      article.appendChild(tableOf('Measurements of subject ' + page.name + ', by kind',
        columns(['Kind', 'Unit'], ['Windows', 'Values', 'Mean', 'Least', 'Greatest', 'Implausible', 'Duplicates', 'Longest gap in a window']), page.kinds));
    }
    if (page.alerts.length) {
      article.appendChild(tableOf('Alerts of subject ' + page.name + ', the last first',
        columns(['Time (UTC)', 'Priority', 'Rule', 'State', 'Score', 'Detail'], []), page.alerts));
      if (page.moreAlerts > 0) {
        article.appendChild(make('p', counted(page.moreAlerts) + ' earlier ones are in alerts.tsv.', { 'class': 'below' }));
      }
    }
    var link = make('a', 'A link to this subject', { href: '#subject=' + encodeURIComponent(page.name) });
    var last = make('p', '', { 'class': 'below' });
    last.appendChild(link);
    article.appendChild(last);
    article.setAttribute('data-shown', page.name);
  }

  /** The pages are read only when somebody asks for one. */
  var pagesRead = null;
  function pagesOf(block) {
    pagesRead = pagesRead || JSON.parse(document.getElementById('pages').textContent);
    return pagesRead[block.id];
  }

  Array.prototype.forEach.call(document.querySelectorAll('.pages'), function (block) {
    var find = block.querySelector('input'), list = block.querySelector('select');
    var status = block.querySelector('[role=status]');
    var all = Array.prototype.slice.call(list.options);
    find.addEventListener('input', function () {
      var wanted = find.value.trim().toLowerCase();
      var chosen = list.value;
      var kept = all.filter(function (o) { return o.text.toLowerCase().indexOf(wanted) >= 0; });
      list.textContent = '';
      kept.forEach(function (o) { list.appendChild(o); });
      list.value = chosen;
      status.textContent = counted(kept.length) + ' of ' + counted(all.length);
    });
    list.addEventListener('change', function () {
      if (list.value === '') { return; }
      var page = pagesOf(block)[Number(list.value)];
      show(block, page);
      status.textContent = 'Subject ' + page.name + ' is shown below';
    });
    list.addEventListener('keydown', function (event) {
      if (event.key === 'Enter' && list.value !== '') { block.querySelector('article').focus(); }
    });
    status.textContent = counted(all.length) + ' of ' + counted(all.length);
  });

  /** Shows the subject that the address names, if it has a page. */
  function showNamed() {
    var named = /^#subject=(.*)$/.exec(window.location.hash);
    if (!named) { return; }
    var name;
    try { name = decodeURIComponent(named[1]); } catch (e) { return; }
    Array.prototype.some.call(document.querySelectorAll('.pages'), function (block) {
      return pagesOf(block).some(function (page, i) {
        if (page.name !== name) { return false; }
        block.querySelector('select').value = String(i);
        show(block, page);
        block.querySelector('[role=status]').textContent = 'Subject ' + name + ' is shown below';
        block.querySelector('article').focus();
        return true;
      });
    });
  }
  window.addEventListener('hashchange', showNamed);

  /** Draws a few plots, then lets the page answer before it draws more. */
  function drawSome() {
    var until = Date.now() + 40;
    while (waiting.length && Date.now() < until) {
      var element = waiting.shift();
      draw(element, specs[element.id]);
    }
    if (waiting.length) {
      setTimeout(drawSome, 0);
    } else {
      showNamed();
      document.documentElement.setAttribute('data-plots', 'drawn');
    }
  }
  drawSome();

  window.addEventListener('beforeprint', function () {
    while (waiting.length) {
      var element = waiting.shift();
      draw(element, specs[element.id]);
    }
  });
  // A plot is drawn again when its width changes, but not for paper: there it is scaled.
  var later;
  new ResizeObserver(function () {
    if (window.matchMedia('print').matches) { return; }
    clearTimeout(later);
    later = setTimeout(function () {
      document.querySelectorAll('.plot[data-drawn]').forEach(function (element) {
        if (element.getAttribute('data-drawn') !== String(element.clientWidth)) {
          draw(element, specs[element.id]);
        }
      });
    }, 120);
  }).observe(document.getElementById('main'));
})();
